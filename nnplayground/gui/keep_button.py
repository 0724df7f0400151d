"""Keeping what is drawn, under a label, in the collection of one's own digits."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from nnplayground.gui.desk import Desk
from nnplayground.text import Text

KEEP = Text("Keep as…", "残す…")
KEEP_AS = Text("Keep as a &{label}", "{label} として残す(&{label})")
READ = Text("Keep as a &{label}  (as it was read)", "{label} として残す(&{label})  （ネットワークの答え）")
BROWSE = Text("&Browse my digits", "自分の数字を見る(&B)")


class KeepButton(QToolButton):
    """Opens a menu of the labels; a digit key chooses."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._menu = QMenu(self)
        self._menu.setObjectName("keep_menu")
        self._labels = [self._add(label) for label in range(10)]
        self._menu.addSeparator()
        browse = self._menu.addAction("")
        browse.setObjectName("browse_my_digits")
        browse.triggered.connect(lambda: desk.pane_wanted.emit("my_digits"))
        desk.ui.bind(browse.setText, BROWSE, browse)
        self._menu.aboutToShow.connect(self._name_labels)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _add(self, label: int) -> QAction:
        action = self._menu.addAction("")
        action.setObjectName(f"keep_{label}")
        action.triggered.connect(lambda: self._keep(label))
        return action

    @Slot()
    def _name_labels(self) -> None:
        """Say which label the network reads."""
        answer = self._desk.question.answer
        for label, action in enumerate(self._labels):
            words = READ if answer is not None and answer.prediction == label else KEEP_AS
            action.setText(self._desk.ui.text(words.format(label=label)))

    def _keep(self, label: int) -> None:
        drawing = self._desk.drawing
        self._desk.my_digits.keep(label, drawing.strokes, drawing.pen)
