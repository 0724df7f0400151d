"""A dropdown that is never so narrow that the name of what is chosen is cut off."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QWidget

AROUND = 60
"""Pixels of the box that are not words: its frame and its arrow."""


class ReadableBox(QComboBox):
    """Asks for the room of what is chosen now, not for that of its longest entry."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.currentTextChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        least, metrics = super().minimumSizeHint(), self.fontMetrics()
        icon = 0 if self.itemIcon(self.currentIndex()).isNull() else self.iconSize().width() + 6
        words = self.currentText() or self.placeholderText()
        return QSize(max(least.width(), metrics.horizontalAdvance(words) + icon + AROUND), least.height())
