"""The toolbar: which experiment, what the run is to do, how fast, and where it is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSizePolicy, QToolBar, QToolButton, QWidget

from nnplayground.gui.action_button import connect_once
from nnplayground.gui.actions import explanation_of_action
from nnplayground.gui.desk import Desk
from nnplayground.gui.explain import Explanation
from nnplayground.gui.icons import icon
from nnplayground.gui.readable_box import ReadableBox
from nnplayground.gui.run_readout import Readout
from nnplayground.gui.speed import SpeedControl
from nnplayground.gui.theme import Theme
from nnplayground.storage.ready_made import Summary
from nnplayground.text import Text

EXPERIMENT = Text("Experiment", "実験")
TRY = Text(
    "Open the spiral and press play: how many hidden units does it take?",
    "らせんを開いて再生しましょう。中間層のユニットは何個必要でしょうか？",
)
OWN = Text("{title} (changed)", "{title}（変更あり）")
PLAY = Text("Play", "再生")
PAUSE = Text("Pause", "一時停止")


class ExperimentBox(ReadableBox):
    """The ready-made experiments; item data is the name."""

    wanted = Signal(object)

    def __init__(self, desk: Desk, experiments: tuple[Summary, ...]) -> None:
        super().__init__()
        self.setObjectName("experiment_box")
        self.setMinimumContentsLength(8)
        self._desk = desk
        self._experiments = experiments
        for experiment in experiments:
            self.addItem("", experiment.name)
        desk.ui.bind(self.setAccessibleName, EXPERIMENT, self)
        desk.ui.bind(self.setToolTip, Text("A ready-made experiment", "用意された実験"), self)
        desk.explainer.watch(self, self._explanation)
        desk.ui.language_changed.connect(self._speak)
        desk.document.changed.connect(self._show)
        self.activated.connect(self._choose)
        self._speak()
        self._show()

    @Slot()
    def _speak(self) -> None:
        for index, experiment in enumerate(self._experiments):
            self.setItemText(index, self._desk.ui.text(experiment.title))
            self.setItemData(index, self._desk.ui.text(experiment.description), Qt.ItemDataRole.ToolTipRole)

    @Slot()
    def _show(self) -> None:
        """The experiment that is open; none if it is a file of the person's own."""
        experiment = self._desk.document.experiment
        self.setPlaceholderText(self._desk.ui.text(experiment.title))
        self.setCurrentIndex(self.findData(experiment.name))

    def _explanation(self) -> Explanation:
        experiment = self._desk.document.experiment
        return Explanation(experiment.title, "", experiment.description, TRY)

    @Slot(int)
    def _choose(self, index: int) -> None:
        self.wanted.emit(self.itemData(index))
        self._show()


class PlayButton(QToolButton):
    """The main thing to do, in the accent colour."""

    def __init__(self, desk: Desk, action: QAction) -> None:
        super().__init__()
        self._desk, self._action = desk, action
        self.setObjectName("play_button")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(18, 18))
        self.clicked.connect(action.trigger)
        desk.explainer.watch(self, lambda: explanation_of_action(action))
        action.changed.connect(self._show)
        desk.ui.language_changed.connect(self._show)
        desk.ui.bind_theme(self._paint, self)
        self._show()

    @Slot()
    def _show(self) -> None:
        text = self._desk.ui.text
        words = text(PAUSE if self._action.isChecked() else PLAY)
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(self._action.toolTip())
        room = self.fontMetrics()
        self.setFixedWidth(max(room.horizontalAdvance(text(w)) for w in (PLAY, PAUSE)) + 60)
        self._draw_icon(self._desk.ui.theme)

    def _paint(self, theme: Theme) -> None:
        self.setStyleSheet(_PLAY % vars(theme))
        self._draw_icon(theme)

    def _draw_icon(self, theme: Theme) -> None:
        self.setIcon(icon("pause" if self._action.isChecked() else "play", theme, theme.on_accent))


_PLAY = """
QToolButton { background: %(accent)s; color: %(on_accent)s; border: 2px solid %(accent)s; border-radius: 7px;
  padding: 5px 10px; font-weight: 600; }
QToolButton:hover { border-color: %(selected)s; }
QToolButton:focus { border-color: %(text)s; }
"""


class ToolBar(QToolBar):
    """One row; it is not moved about, so that everything stays where it was found."""

    def __init__(self, desk: Desk, actions: dict[str, QAction], experiments: tuple[Summary, ...]) -> None:
        super().__init__()
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setIconSize(QSize(20, 20))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        desk.ui.bind(self.setWindowTitle, Text("Toolbar", "ツールバー"), self)
        self.experiment_box = ExperimentBox(desk, experiments)
        self.experiment_box.wanted.connect(desk.wanted)
        self.speed = SpeedControl(desk)
        self.addWidget(self.experiment_box)
        self.addSeparator()
        self.addWidget(PlayButton(desk, actions["play"]))
        for name in ("step", "epoch", "reset", "new_seed"):
            self.addAction(actions[name])
            self._name(desk, actions[name])
        self.addSeparator()
        self.addWidget(self.speed)
        self.addWidget(_spring())
        self.addWidget(Readout(desk))
        self.addSeparator()
        self.addAction(actions["what_is_this"])
        self._name(desk, actions["what_is_this"])

    def _name(self, desk: Desk, action: QAction) -> None:
        """The button is spoken of as the action is."""
        button = self.widgetForAction(action)
        connect_once(button)
        button.setObjectName(action.objectName().replace("action_", "button_"))
        desk.explainer.watch(button, lambda: explanation_of_action(action))

        def name(_: object = None) -> None:
            button.setAccessibleName(action.text().replace("&", ""))

        action.changed.connect(name)
        name()


def _spring() -> QWidget:
    found = QWidget()
    found.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return found
