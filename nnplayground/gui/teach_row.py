"""Below the bars: the right answer as a button each, and what came of teaching it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.flow import FlowRow
from nnplayground.gui.forgetting import ForgettingMeter, words_of
from nnplayground.text import Text

TEACH = Text("It is a", "正解は")
TEACH_ONE = Text(
    "Teach the network that this is {name} (key {key})", "これは {name} だとネットワークに教える（{key} キー）"
)
LEARNING = Text("Learning that it is {name} …", "{name} だと学習しています…")
LEARNT = Text("“{name}”: {before:.0%} → {after:.0%}", "「{name}」 {before:.0%} → {after:.0%}")
NOT_YET = Text("Not yet “{name}”: {after:.0%}. Again?", "まだ「{name}」は {after:.0%}。もう一度？")
COST = Text("forgot {points:.1f} pt", "忘却 {points:.1f} pt")
UNDO = Text("Undo", "取り消す")
UNDO_HELP = Text("Give the parameters back that were there before", "教える前のパラメータに戻す")
MOST = 10
SIDE = 24
ROOMY = 400
"""Width from which on there is room for the word on the button that undoes."""
_BUTTON = """
QToolButton { padding: 1px; border: 1px solid %(outline)s; border-radius: 5px; }
QToolButton:hover { background: %(hover)s; }
QToolButton:focus { border-color: %(accent)s; }
QToolButton:disabled { border-color: %(border)s; color: %(disabled)s; }
"""


class TeachRow(QWidget):
    """Hidden while there is nothing to teach."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._classes: tuple[str, ...] = ()
        self.setObjectName("teach_row")
        self._buttons = [self._button(i) for i in range(MOST)]
        self._ask, self._told, self._cost, self._undo = QLabel(), QLabel(), QLabel(), QToolButton()
        self._meter = ForgettingMeter(desk.ui)
        self._name_parts()
        self._lay_out()
        desk.teacher.changed.connect(self._follow)
        desk.drawing.changed.connect(self._follow_pen)
        self._follow()

    def _button(self, label: int) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"teach_{label}")
        button.setMinimumWidth(20)
        button.setMaximumSize(2 * SIDE, SIDE)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._desk.ui.bind_theme(lambda theme: button.setStyleSheet(_BUTTON % vars(theme)), button)
        button.clicked.connect(lambda: self._desk.teacher.teach(label))
        return button

    def _name_parts(self) -> None:
        ui = self._desk.ui
        self._ask.setProperty("role", "muted")
        self._told.setObjectName("teach_told")
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._undo.setObjectName("teach_undo")
        self._undo.clicked.connect(self._desk.teacher.undo)
        self._undo.setMaximumHeight(SIDE)
        self._cost.setObjectName("teach_cost")
        ui.bind_theme(lambda _theme: self._color(), self._cost)
        ui.bind(self._ask.setText, TEACH, self._ask)
        ui.bind(self._undo.setText, UNDO, self._undo)
        ui.bind(self._undo.setToolTip, UNDO_HELP, self._undo)
        ui.bind(self._undo.setAccessibleName, UNDO_HELP, self._undo)
        ui.bind_icon(self._undo.setIcon, "undo", self._undo)

    def _lay_out(self) -> None:
        asked, told, column = FlowRow(), FlowRow(), QVBoxLayout(self)
        asked.setSpacing(2)
        asked.addWidget(self._ask)
        for button in self._buttons:
            asked.addWidget(button)
        told.setSpacing(6)
        told.addWidget(self._told, 1)
        told.addWidget(self._meter)
        told.addWidget(self._cost)
        told.addWidget(self._undo)
        column.setContentsMargins(8, 0, 4, 0)
        column.setSpacing(2)
        column.addLayout(asked)
        column.addLayout(told)

    @Slot()
    def _follow_pen(self) -> None:
        """The pen moves often, and matters here only when it begins and when all is cleared."""
        if self.isHidden() == bool(self._desk.teacher.classes):
            self._follow()

    @Slot()
    def _follow(self) -> None:
        teacher = self._desk.teacher
        if teacher.classes and teacher.classes != self._classes:
            self._name_classes(teacher.classes)
        busy, lesson = teacher.label >= 0, teacher.lesson
        self.setVisible(bool(teacher.classes) or busy)
        for button in self._buttons:
            button.setEnabled(not busy)
        self._told.setVisible(busy or lesson is not None)
        for part in (self._meter, self._cost):
            part.setVisible(lesson is not None)
        self._undo.setVisible(teacher.can_undo)
        self._meter.show_lesson(lesson)
        self._tell()

    def _tell(self) -> None:
        ui, teacher = self._desk.ui, self._desk.teacher
        lesson = teacher.lesson
        if teacher.label >= 0:
            ui.bind(self._told.setText, LEARNING.format(name=self._classes[teacher.label]), self._told)
        elif lesson is not None:
            shares = {"before": float(lesson.before[lesson.label]), "after": float(lesson.after[lesson.label])}
            words = (LEARNT if lesson.is_learnt else NOT_YET).format(name=self._classes[lesson.label], **shares)
            ui.bind(self._told.setText, words, self._told)
            ui.bind(self._cost.setText, COST.format(points=max(100 * lesson.forgotten, 0.0)), self._cost)
            for part in (self._told, self._cost):
                ui.bind(part.setToolTip, words_of(lesson), part)
            self._color()

    def _color(self) -> None:
        self._cost.setStyleSheet(f"color: {self._meter.color};")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        self._undo.setToolButtonStyle(beside if self.width() >= ROOMY else alone)

    def _name_classes(self, classes: tuple[str, ...]) -> None:
        self._classes = classes
        for i, button in enumerate(self._buttons):
            known = i < len(classes)
            button.setVisible(known)
            if known:
                words = TEACH_ONE.format(name=classes[i], key=i)
                button.setText(classes[i] if len(classes[i]) < 3 else str(i))
                self._desk.ui.bind(button.setToolTip, words, button)
                self._desk.ui.bind(button.setAccessibleName, words, button)
