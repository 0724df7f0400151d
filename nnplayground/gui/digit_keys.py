"""The keys 0 to 9."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


def digit_of(event: QKeyEvent) -> int | None:
    """The digit of the key that was pressed, or None for another key."""
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    digit = event.key() - Qt.Key.Key_0
    return digit if plain and 0 <= digit <= 9 else None
