"""What is selected or pointed at, in one formula and one plain sentence."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.explain import Explanation, explanation_of
from nnplayground.gui.panes.explanation import ExplanationPane
from nnplayground.text import Text

TRY = Text("Try: {what}", "試す: {what}")
WELCOME = Explanation(
    Text("What is this?", "これは何？"),
    "",
    Text(
        "Point at anything – a layer, the learning rate, a panel – and this card explains it.",
        "層や学習率、パネルなどにマウスを合わせると、ここに説明が出ます。",
    ),
)


class ExplanationView(QScrollArea):
    """Title, formula, sentence; scrolls when it is long."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._title, self._formula, self._sentence, self._try = _label("title"), _label(), _label(), _label()
        font = QFont(self._formula.font())
        font.setPointSizeF(font.pointSizeF() * 1.15)
        self._formula.setFont(font)
        self._formula.setObjectName("explanation_formula")
        self._sentence.setObjectName("explanation_sentence")
        self._try.setObjectName("explanation_try")
        inner = QWidget()
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(12, 2, 12, 10)
        layout.setSpacing(6)
        for label in (self._title, self._formula, self._sentence, self._try):
            layout.addWidget(label)
        layout.addStretch()
        inner.setAutoFillBackground(True)
        inner.setBackgroundRole(QPalette.ColorRole.Base)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        desk.ui.bind(self.setAccessibleName, ExplanationPane.label, self)
        desk.ui.bind_theme(lambda theme: self._formula.setStyleSheet(f"color: {theme.accent}"), self)
        desk.explain.connect(self.explain)
        self.explain(WELCOME)

    @Slot(object)
    def explain(self, subject: object) -> None:
        """Explain `subject`: see `explanation_of`."""
        found = explanation_of(subject)  # type: ignore[arg-type]
        bind = self._desk.ui.bind
        bind(self._title.setText, found.title, self._title)
        bind(self._sentence.setText, found.sentence, self._sentence)
        bind(self._try.setText, TRY.format(what=found.try_it), self._try)
        self._try.setVisible(bool(found.try_it.en))
        self._formula.setText(found.formula)
        self._formula.setVisible(bool(found.formula))


def _label(role: str = "") -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        label.setProperty("role", role)
    return label
