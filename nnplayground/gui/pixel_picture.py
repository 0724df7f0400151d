"""An image with some of its pixels in colour: what speaks for something and what against, what to add and to erase."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplayground.gui.color import rgb
from nnplayground.gui.image_tile import as_bytes, paint_frame
from nnplayground.gui.painting import guarded
from nnplayground.gui.ui import Ui
from nnplayground.text import Text


class PixelPicture(QWidget):
    """Grey ink, over which amounts in -1..1 shine in the theme's colours for negative and positive."""

    def __init__(self, ui: Ui, name: Text) -> None:
        super().__init__()
        self._ui = ui
        self._ink: NDArray[np.uint8] = np.zeros((28, 28), np.uint8)
        self._amounts: NDArray[np.float64] = np.zeros((28, 28))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        ui.bind(self.setAccessibleName, name, self)
        ui.theme_changed.connect(self.update)

    @property
    def ink(self) -> NDArray[np.uint8]:
        """The image below, 0 paper to 255 ink."""
        return self._ink

    @property
    def amounts(self) -> NDArray[np.float64]:
        """What shines over it."""
        return self._amounts

    def show_pixels(self, values: NDArray[np.floating], amounts: NDArray[np.floating]) -> None:
        """Show an image (height, width) in 0..1 and the amounts (height, width) over it."""
        self._ink, self._amounts = as_bytes(values), np.clip(np.nan_to_num(amounts), -1, 1)
        self.update()

    def pixels(self) -> NDArray[np.uint8]:
        """The colours that are painted, (height, width, 4)."""
        theme = self._ui.theme
        found = theme.ink_table()[self._ink].astype(np.float64)
        strength = np.abs(self._amounts)[:, :, None]
        colors = 255 * np.array([rgb(theme.negative), rgb(theme.positive)])[(self._amounts > 0).astype(int)]
        found[:, :, :3] += (colors - found[:, :, :3]) * strength
        return found.astype(np.uint8)

    def sizeHint(self) -> QSize:
        return QSize(168, 168)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, 64)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        side = min(self.width(), self.height()) - 2
        place = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        pixels = np.ascontiguousarray(self.pixels())
        height, width = pixels.shape[:2]
        with QPainter(self) as painter:
            painter.drawImage(place, QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888))
            paint_frame(painter, place, self._ui.theme, False)
