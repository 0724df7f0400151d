"""The frame of one section of the designer, and a part of it that can be folded away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from nnplayground.gui.icons import icon, pixmap
from nnplayground.gui.theme import Theme
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

ICON = 18


class Card(QFrame):
    """A titled surface with room inside."""

    def __init__(self, ui: Ui, title: Text, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 12, 12, 14)
        self.column.setSpacing(10)
        self._icon_name = icon_name
        self._picture = QLabel(self)
        words = QLabel(self)
        words.setProperty("role", "title")
        ui.bind(words.setText, title, words)
        ui.bind(self.setAccessibleName, title, self)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._picture)
        line.addWidget(words, 1)
        self.column.addLayout(line)
        ui.bind_theme(self._paint, self)

    def _paint(self, theme: Theme) -> None:
        self._picture.setPixmap(pixmap(self._icon_name, theme.accent, ICON, self.devicePixelRatioF()))


class Fold(QWidget):
    """A line that opens and closes what is below it."""

    def __init__(self, ui: Ui, title: Text, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui, self._content = ui, content
        self.button = QToolButton(self)
        self.button.setCheckable(True)
        self.button.setProperty("role", "fold")
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        ui.bind(self.button.setText, title, self.button)
        ui.bind(self.button.setAccessibleName, title, self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.button)
        column.addWidget(content)
        content.setVisible(False)
        self.button.toggled.connect(self._toggle)
        ui.bind_theme(self._paint, self)

    def open(self) -> None:
        """Show the content."""
        self.button.setChecked(True)

    @Slot(bool)
    def _toggle(self, open: bool) -> None:
        self._content.setVisible(open)
        self._paint(self._ui.theme)

    def _paint(self, theme: Theme) -> None:
        name = "arrow-down" if self.button.isChecked() else "arrow-right"
        self.button.setIcon(QIcon(icon(name, theme)))
