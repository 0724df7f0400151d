"""A small grey picture, each pixel a square: what the network really gets."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplayground.gui.ui import Ui


class ImageTile(QWidget):
    """Shows values in 0..1 in the colours of paper and ink."""

    def __init__(self, ui: Ui, side: int = 28) -> None:
        super().__init__()
        self._ui = ui
        self._pixels: NDArray[np.uint8] = np.zeros((side, side), np.uint8)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        ui.theme_changed.connect(self.update)

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """What is shown, 0 paper to 255 ink."""
        return self._pixels

    def show_values(self, values: NDArray[np.floating]) -> None:
        """Show a picture (height, width) of values in 0..1."""
        pixels = np.clip(np.nan_to_num(values) * 255 + 0.5, 0, 255).astype(np.uint8)
        if not np.array_equal(pixels, self._pixels):
            self._pixels = pixels
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(112, 112)

    def minimumSizeHint(self) -> QSize:
        return QSize(56, 56)

    def paintEvent(self, event: QPaintEvent) -> None:
        side = min(self.width(), self.height())
        place = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side).adjusted(0.5, 0.5, -0.5, -0.5)
        colors = np.ascontiguousarray(self._ui.theme.ink_table()[self._pixels])
        height, width = self._pixels.shape
        picture = QImage(colors.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
        with QPainter(self) as painter:
            painter.drawImage(place, picture)
            painter.setPen(QPen(QColor(self._ui.theme.outline), 1))
            painter.drawRect(place)
