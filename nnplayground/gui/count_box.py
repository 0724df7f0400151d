"""A whole number beside a picture: which one, or how many."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QSpinBox

from nnplayground.gui.calm import calm
from nnplayground.gui.fields import NUMBER_WIDTH
from nnplayground.gui.letters import scaled


class CountBox(QSpinBox):
    """What is typed counts when Enter is pressed or the field is left."""

    def __init__(self, low: int, high: int, value: int) -> None:
        super().__init__()
        self.setRange(low, high)
        self.setValue(value)
        self.setKeyboardTracking(False)
        self.setMaximumWidth(scaled(NUMBER_WIDTH))
        self.lineEdit().setTextMargins(5, 0, 0, 0)
        calm(self)

    def show_value(self, value: int) -> None:
        """Set it without a signal."""
        with QSignalBlocker(self):
            self.setValue(value)
