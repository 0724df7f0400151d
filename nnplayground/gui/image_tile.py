"""A small grey picture, each pixel a square: what the network really gets."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from nnplayground.gui.painting import guarded
from nnplayground.gui.theme import Theme
from nnplayground.gui.ui import Ui


def paint_image(
    painter: QPainter, place: QRectF, pixels: NDArray[np.uint8], theme: Theme, signed: bool = False
) -> None:
    """Paint a grey image (height, width), 0 paper to 255 ink, each pixel a square.

    A `signed` one goes from negative (0) over zero (128) to positive (255). Enlarged first and painted then: an image
    that is enlarged while it is painted on a widget takes ten times as long.
    """
    colors = _palette(theme, signed)[pixels]
    height, width = pixels.shape
    ratio = painter.device().devicePixelRatio()
    image = QImage(colors.data, width, height, 4 * width, QImage.Format.Format_RGB32)
    large = image.scaled((place.size() * ratio).toSize())
    large.setDevicePixelRatio(ratio)
    painter.drawImage(place.topLeft(), large)


@lru_cache(maxsize=8)
def _palette(theme: Theme, signed: bool) -> NDArray[np.uint32]:
    """(256,) pixels as they lie in a window, which needs no conversion then: blue, green, red, full."""
    red, green, blue, _ = (theme.diverging_table() if signed else theme.ink_table()).T.astype(np.uint32)
    made: NDArray[np.uint32] = 0xFF000000 | red << 16 | green << 8 | blue
    return made


def paint_frame(painter: QPainter, place: QRectF, theme: Theme, focused: bool) -> None:
    """The edge of a picture at `place`, stronger where the keys go."""
    painter.setPen(QPen(QColor(theme.accent if focused else theme.outline), 2.0 if focused else 1.0))
    painter.drawRect(place)


def as_bytes(values: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Values in 0..1 as 0..255; NaN as 0."""
    found: NDArray[np.uint8] = np.fmin(np.fmax(values * 255 + 0.5, 0), 255).astype(np.uint8)
    return found


class ImageTile(QAbstractButton):
    """Shows values in 0..1 in the colours of paper and ink; can be clicked."""

    def __init__(self, ui: Ui, side: int = 28) -> None:
        super().__init__()
        self._ui = ui
        self._pixels: NDArray[np.uint8] = np.zeros((side, side), np.uint8)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # what lies behind need not be painted
        ui.theme_changed.connect(self.update)

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """What is shown, 0 paper to 255 ink."""
        return self._pixels

    def show_values(self, values: NDArray[np.floating]) -> None:
        """Show a picture (height, width) of values in 0..1."""
        pixels = as_bytes(values)
        if not np.array_equal(pixels, self._pixels):
            self._pixels = pixels
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(112, 112)

    def minimumSizeHint(self) -> QSize:
        return QSize(56, 56)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        side = min(self.width(), self.height())
        place = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side).adjusted(0.5, 0.5, -0.5, -0.5)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(self._ui.theme.surface))
            paint_image(painter, place, self._pixels, self._ui.theme)
            paint_frame(painter, place, self._ui.theme, self.hasFocus())
