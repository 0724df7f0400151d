"""What is to race, where and how long: the row above a race."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from nnplayground.gui.count_box import CountBox
from nnplayground.gui.desk import Desk
from nnplayground.gui.flow import FlowRow
from nnplayground.gui.racing import STEPS
from nnplayground.text import Text
from nnplayground.training.race import MOST
from nnplayground.training.races import ReadyRace, races

OWN = "own"
OWN_NAME = Text("My own lanes", "自分で組むレーン")
OWN_HELP = Text(
    "Change one thing in the designer and add a lane, up to {most} times; then start.",
    "設計パネルで 1 か所だけ変えてはレーンを追加し（{most} 本まで）、スタートします。",
).format(most=MOST)
HERE = Text("from here, with my network", "いまの状態から")
STAGE = Text("on the textbook's network", "教科書の実験で")
RACE, PLACE = Text("What is compared", "比べるもの"), Text("Where it is run", "走らせる場所")
LENGTH = Text("Steps", "ステップ数")
START, CANCEL = Text("Start", "スタート"), Text("Stop", "中止")
ADD = Text("Add the present settings ({n} of {most})", "いまの設定を追加（{n} / {most}）")
CLEAR = Text("Clear", "消す")
TALL = 480
"""Pixels of a pane with room for everything."""


class RaceSetup(QWidget):
    """Choices, the button that starts or stops, and how far it is."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._racing = desk, desk.racing
        self.race, self.place, self.steps = QComboBox(), QComboBox(), CountBox(1, 1_000_000, STEPS)
        self.start, self.add, self.clear = QPushButton(), QPushButton(), QPushButton()
        self._roomy = True
        self.help = QLabel(wordWrap=True)
        self.help.setProperty("role", "muted")
        self.bar = QProgressBar(maximum=1000, textVisible=False)
        self.bar.setFixedHeight(4)
        for box in (self.race, self.place):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for id in (*races, OWN):
            self.race.addItem("", id)
        for id in ("here", "stage"):
            self.place.addItem("", id)
        self._name()
        self._lay_out()
        self.race.currentIndexChanged.connect(self._show)
        self.start.clicked.connect(self._start)
        self.add.clicked.connect(self._racing.add_lane)
        self.clear.clicked.connect(self._racing.clear_lanes)
        self._racing.changed.connect(self._show)
        desk.ui.language_changed.connect(self._speak)
        self._speak()
        self._show()

    def _name(self) -> None:
        bind = self._desk.ui.bind
        named = (
            (self.race, "race_box", RACE), (self.place, "race_place", PLACE), (self.steps, "race_steps", LENGTH),
            (self.start, "race_start", START), (self.add, "race_add_lane", Text("Add a lane", "レーンを追加")),
            (self.clear, "race_clear", Text("Clear the lanes", "レーンを消す")),
            (self.bar, "race_progress", Text("How far the race is", "競走の進み具合")),
        )  # fmt: skip
        for widget, name, words in named:
            widget.setObjectName(name)
            bind(widget.setAccessibleName, words, widget)
            bind(widget.setToolTip, words, widget)
        bind(self.clear.setText, CLEAR, self.clear)

    def _lay_out(self) -> None:
        first, second = FlowRow(), FlowRow()
        for part, stretch in ((self.race, 3), (self.place, 3), (self.steps, 0), (self.start, 0)):
            first.addWidget(part, stretch)
        second.addWidget(self.help, 1)
        second.addStretch()
        second.addWidget(self.add)
        second.addWidget(self.clear)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 2, 0, 2)
        layout.setSpacing(4)
        layout.addLayout(first)
        layout.addLayout(second)
        layout.addWidget(self.bar)

    def give(self, room: int) -> None:
        """In a pane of height `room`, the sentence about the race stands where it does not crowd out the race."""
        self._roomy = room >= TALL
        self._show()

    @property
    def chosen(self) -> ReadyRace | None:
        """The race that is chosen; None for the person's own lanes."""
        id = self.race.currentData()
        return None if id == OWN else races[id]()

    @Slot()
    def _start(self) -> None:
        if self._racing.phase in ("preparing", "running"):
            self._racing.cancel()
        else:
            self._racing.start(self.chosen, self.place.currentData() == "stage", self.steps.value())

    @Slot()
    def _speak(self) -> None:
        text = self._desk.ui.text
        for i in range(self.race.count()):
            id = self.race.itemData(i)
            self.race.setItemText(i, text(OWN_NAME if id == OWN else races[id].label))
        for i, words in enumerate((HERE, STAGE)):
            self.place.setItemText(i, text(words))

    @Slot()
    def _show(self) -> None:
        race, racing, bind = self.chosen, self._racing, self._desk.ui.bind
        busy = racing.phase in ("preparing", "running")
        bind(self.help.setText, OWN_HELP if race is None else race.help, self.help)
        bind(self.race.setToolTip, OWN_HELP if race is None else race.help, self.race)
        self.help.setVisible(self._roomy or (racing.phase == "none" and not racing.own))
        bind(self.start.setText, CANCEL if busy else START, self.start)
        bind(self.add.setText, ADD.format(n=len(racing.own), most=MOST), self.add)
        self.place.setVisible(race is not None and race.stage() is not None)
        for widget in (self.add, self.clear):
            widget.setVisible(race is None)
            widget.setEnabled(not busy)
        self.clear.setEnabled(bool(racing.own) and not busy)
        self.start.setEnabled(busy or race is not None or len(racing.own) > 0)
        self.bar.setVisible(busy)
        self.bar.setMaximum(0 if racing.phase == "preparing" else 1000)
        self.bar.setValue(round(1000 * racing.progress))
