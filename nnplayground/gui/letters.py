"""Sizes that grow with the letters: a desktop may set them half as large again."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics, QGuiApplication

USUAL = 18
"""Pixels of the height of letters of the usual size, with what is free above and below them."""


def growth() -> float:
    """How much larger the letters of the desktop are than the usual ones; at least 1."""
    return max(1.0, QFontMetrics(QGuiApplication.font()).height() / USUAL)


def scaled(pixels: int) -> int:
    """As much room for words as `pixels` are with letters of the usual size."""
    return round(pixels * growth())
