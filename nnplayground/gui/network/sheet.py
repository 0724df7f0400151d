"""An image that both Qt and NumPy paint on: lines and words with the one, many small pictures with the other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, QSizeF
from PySide6.QtGui import QColor, QImage

Pixels = NDArray[np.uint32]


class Sheet:
    """`pixels` (height, width) are the memory of `image`, each 0xffRRGGBB."""

    def __init__(self, size: QSize, ratio: float) -> None:
        """`size` in the pixels of Qt, of which each is `ratio` wide on the screen."""
        whole = (QSizeF(size) * ratio).toSize().expandedTo(QSize(1, 1))
        self.ratio = ratio
        self.image = QImage(whole, QImage.Format.Format_RGB32)
        self.image.setDevicePixelRatio(ratio)
        self.pixels: Pixels = np.frombuffer(self.image.bits(), np.uint32).reshape(whole.height(), whole.width())

    def window(self, place: QRectF) -> Pixels:
        """The pixels of a place; fewer where it reaches over the edge. Places of one size have windows of one size."""
        left, top = (max(round(v * self.ratio), 0) for v in (place.left(), place.top()))
        width, height = (round(v * self.ratio) for v in (place.width(), place.height()))
        return self.pixels[top : top + height, left : left + width]


def packed(table: NDArray[np.uint8]) -> Pixels:
    """Colours (n, 4) of red, green, blue and something, as pixels (n,)."""
    red, green, blue = (table[:, i].astype(np.uint32) for i in range(3))
    return (0xFF000000 + red * 0x10000 + green * 0x100 + blue).astype(np.uint32)


def pixel(color: str) -> np.uint32:
    """A colour of the theme as a pixel."""
    return np.uint32(QColor(color).rgb())
