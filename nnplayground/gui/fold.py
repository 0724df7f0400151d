"""A line that opens and closes what is below it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from nnplayground.gui.icons import icon
from nnplayground.gui.theme import Theme
from nnplayground.gui.ui import Ui
from nnplayground.text import Text


class Fold(QWidget):
    """Closed at first. `fill` adds widgets to `column`, whose parent is `content`, when it is first opened."""

    filled = Signal()
    """The widgets are there now."""

    def __init__(self, ui: Ui, title: Text, fill: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui = ui
        self._fill: Callable[[], object] | None = fill
        self.button = QToolButton(self)
        self.button.setCheckable(True)
        self.button.setProperty("role", "fold")
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        ui.bind(self.button.setText, title, self.button)
        ui.bind(self.button.setAccessibleName, title, self.button)
        self.content = QWidget(self)
        self.column = QVBoxLayout(self.content)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.button)
        outer.addWidget(self.content)
        self.content.hide()
        self.button.toggled.connect(self._toggle)
        ui.bind_theme(self._paint, self)

    def open(self) -> None:
        """Show the content."""
        self.button.setChecked(True)

    def make(self) -> None:
        """Have the content now, even if nobody has opened it yet."""
        if self._fill is not None:
            fill, self._fill = self._fill, None
            fill()
            self.filled.emit()

    @Slot(bool)
    def _toggle(self, open: bool) -> None:
        self.make()
        self.content.setVisible(open)
        self._paint(self._ui.theme)

    def _paint(self, theme: Theme) -> None:
        self.button.setIcon(icon("arrow-down" if self.button.isChecked() else "arrow-right", theme))
