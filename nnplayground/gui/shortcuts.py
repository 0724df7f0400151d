"""Keys without Ctrl are shortcuts only where they mean nothing else."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

FIELDS = (QLineEdit, QAbstractSpinBox, QTextEdit, QPlainTextEdit)
PRESSED = (QAbstractButton, QComboBox, QAbstractItemView)
"""What the space bar works."""
ESCAPED = (*FIELDS, QComboBox, QAbstractItemView, QAbstractSlider)
_FREE = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


def belongs_to(widget: QWidget | None, event: QKeyEvent) -> bool:
    """Whether the key is meant for `widget`, which has the focus, and not for the window."""
    if widget is None or event.modifiers() & ~_FREE or Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35:
        return False
    if isinstance(widget, FIELDS):
        return not widget.isReadOnly()
    if event.key() == Qt.Key.Key_Space:
        return isinstance(widget, PRESSED)
    if event.key() == Qt.Key.Key_Escape:
        return isinstance(widget, ESCAPED)
    return False
