"""The frame around a pane: its title, and what it says where it has nothing to show."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDockWidget, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane
from nnplayground.text import Text

OPEN = Text("Open {title}", "{title} を開く")


class PaneDock(QDockWidget):
    """One pane of the window, `pane_<id>`."""

    def __init__(self, desk: Desk, pane: Pane, offer: Text) -> None:
        super().__init__()
        self.pane = pane
        self._desk = desk
        self.setObjectName(f"pane_{pane.id}")
        self.view = pane.build(desk)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._absent = _Absent(desk, pane, offer)
        self._stack.addWidget(self._absent)
        self.setWidget(self._stack)
        desk.ui.bind(self.setWindowTitle, pane.label, self)
        desk.ui.bind(self.setAccessibleName, pane.label, self)
        desk.document.changed.connect(self._suit)
        self.visibilityChanged.connect(desk.controller.wake)
        self.toggleViewAction().setObjectName(f"action_pane_{pane.id}")
        self.toggleViewAction().triggered.connect(self._to_front)
        desk.explainer.watch(self, lambda: pane)
        self._suit()

    @property
    def suits(self) -> bool:
        """Whether the pane has something to show for this experiment."""
        return self._stack.currentWidget() is self.view

    @Slot(bool)
    def _to_front(self, shown: bool) -> None:
        """What was asked for is seen, even if it shares its place."""
        if shown:
            self.raise_()

    @Slot()
    def _suit(self) -> None:
        suits = self.pane.suits(self._desk.document.experiment)
        self._stack.setCurrentWidget(self.view if suits else self._absent)


class _Absent(QWidget):
    """Why there is nothing to see, and where there is something."""

    def __init__(self, desk: Desk, pane: Pane, offer: Text) -> None:
        super().__init__()
        words = QLabel()
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setProperty("role", "muted")
        button = QPushButton()
        button.setObjectName(f"open_{pane.instead}")
        button.clicked.connect(lambda: desk.wanted.emit(pane.instead))
        button.setVisible(bool(pane.instead))
        desk.ui.bind(words.setText, pane.unsuited, words)
        desk.ui.bind(button.setText, OPEN.format(title=offer), button)
        desk.ui.bind(button.setAccessibleName, OPEN.format(title=offer), self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 12, 24, 12)
        layout.addStretch()
        layout.addWidget(words)
        layout.addWidget(button, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()
