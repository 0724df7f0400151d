"""The frame of one section of the designer."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nnplayground.gui.icons import pixmap
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
