"""What was painted, as numbers."""

import numpy as np
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget


def pixels(source: QWidget | QImage) -> np.ndarray:
    """(height, width, 3) of what a widget shows or an image holds."""
    image = source if isinstance(source, QImage) else source.grab().toImage()
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)


def like(source: QWidget | QImage, color: str, tolerance: int = 70) -> np.ndarray:
    """(height, width): which pixels differ from `color` no more than antialiasing makes them differ."""
    wanted = QColor(color)
    return abs(pixels(source) - (wanted.red(), wanted.green(), wanted.blue())).max(axis=-1) < tolerance
