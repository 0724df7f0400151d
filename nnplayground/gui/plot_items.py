"""What lies in a plot beside its curves: bands between two lines, and pictures."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from nnplayground.gui.curve import Floats
from nnplayground.gui.painting import guarded
from nnplayground.gui.plot import Plot
from nnplayground.gui.theme import Theme

_LARGEST = 4000
"""Pixels of a picture that is enlarged as a whole: of one that was zoomed into, little is seen."""


class Band(pg.GraphicsObject):  # type: ignore[misc]
    """The area between `low` and `high` over `x`, in a colour that shines through.

    On the screen it is a picture, found column by column: to fill a jagged outline takes Qt a hundred times as long.
    """

    def __init__(self, plot: Plot, color: str, opacity: float) -> None:
        super().__init__()
        self._color, self._opacity = color, opacity
        self._data: tuple[Floats, Floats, Floats] = (np.empty(0), np.empty(0), np.empty(0))
        self._brush = QColor()
        self._image: QImage | None = None
        self._log = (False, False)
        self.setZValue(-50)
        plot.box.addItem(self, ignoreBounds=True)
        plot.ui.bind_theme(self.restyle, plot)

    def set(self, x: Floats, low: Floats, high: Floats, log: tuple[bool, bool] = (False, False)) -> None:
        """Fill between `low` and `high`, all of one length and finite, over `x`, which rises."""
        self._data, self._log = (x, low, high), log
        self._renew()

    def clear(self) -> None:
        """Fill nothing."""
        self.set(np.empty(0), np.empty(0), np.empty(0))

    def restyle(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._brush = QColor(getattr(theme, self._color))
        self._brush.setAlphaF(self._opacity)
        self._renew()

    def boundingRect(self) -> QRectF:
        return QRectF(self.viewRect())

    def viewTransformChanged(self) -> None:
        """The view was moved, zoomed or resized."""
        super().viewTransformChanged()
        self.prepareGeometryChange()
        self._renew()

    @guarded
    def paint(self, painter: QPainter, option: Any, widget: Any) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if widget is None:  # a picture of any size
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._brush)
            painter.drawPath(self._outline())
            return
        there, ratio = painter.worldTransform().mapRect(self.boundingRect()), painter.device().devicePixelRatio()
        size = (there.size() * ratio).toSize()
        if len(self._data[0]) < 2 or size.isEmpty():
            return
        if self._image is None or self._image.size() != size:
            self._image = self._picture(size)
            self._image.setDevicePixelRatio(ratio)
        painter.save()
        painter.resetTransform()
        painter.drawImage(there.topLeft(), self._image)
        painter.restore()

    def _renew(self) -> None:
        self._image = None
        self.update()

    def _picture(self, size: QSize) -> QImage:
        """The whole view in pixels: in each column those from `low` to `high`, at least one."""
        x, low, high = self._scaled()
        view, (width, height) = self.viewRect(), size.toTuple()
        at = view.left() + (np.arange(width) + 0.5) * view.width() / width
        known = (at >= x[0]) & (at <= x[-1])
        first, last = np.full(width, height, np.int32), np.full(width, -1, np.int32)
        for ends, values in ((first, high), (last, low)):
            places = (view.bottom() - np.interp(at[known], x, values)) * height / view.height()
            ends[known] = np.floor(np.clip(places, -1, height))
        rows = np.arange(height, dtype=np.int32)[:, None]
        image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        pixels = np.frombuffer(image.bits(), np.uint32).reshape(height, width)
        np.multiply((rows >= first) & (rows <= last), np.uint32(_premultiplied(self._brush)), out=pixels)
        return image

    def _outline(self) -> QPainterPath:
        x, low, high = self._scaled()
        path: QPainterPath = pg.arrayToQPath(np.concatenate([x, x[::-1]]), np.concatenate([low, high[::-1]]), "all")
        return path

    def _scaled(self) -> tuple[Floats, Floats, Floats]:
        """The data as they lie in the view: logarithms where an axis is logarithmic."""
        x, low, high = self._data
        with np.errstate(all="ignore"):
            x = np.log10(np.maximum(x, 1e-300)) if self._log[0] else x
            low, high = (np.log10(np.maximum(v, 1e-12)) if self._log[1] else v for v in (low, high))
        return x, low, high


def _premultiplied(color: QColor) -> int:
    """`color` as a pixel that is laid over others: opacity, and red, green and blue as much weaker."""
    opacity = color.alpha()
    red, green, blue = (round(part * opacity / 255) for part in (color.red(), color.green(), color.blue()))
    return opacity << 24 | red << 16 | green << 8 | blue


class Here(pg.InfiniteLine):  # type: ignore[misc]
    """An upright line at one place of the x axis; hidden at first."""

    def __init__(self, plot: Plot) -> None:
        super().__init__(angle=90)
        self.hide()
        plot.box.addItem(self, ignoreBounds=True)
        plot.ui.bind_theme(lambda theme: self.setPen(pg.mkPen(theme.accent, width=1)), plot)

    def show_at(self, x: float | None) -> None:
        """Stand at `x`; None hides it."""
        self.setVisible(x is not None)
        if x is not None and x != self.value():
            self.setValue(x)


class Picture(pg.GraphicsObject):  # type: ignore[misc]
    """Colours on a grid, blended smoothly over a rectangle of the plane."""

    def __init__(self, plot: Plot) -> None:
        super().__init__()
        self._image = QImage()
        self._large = QImage()
        self._pixels: NDArray[np.uint8] = np.zeros((0, 0, 4), np.uint8)
        self._place = QRectF()
        self.setZValue(-90)
        plot.box.addItem(self, ignoreBounds=True)

    def set(self, pixels: NDArray[np.uint8], place: QRectF) -> None:
        """Show `pixels` (height, width, 4) in RGBA, row 0 lowest, over `place` (in view coordinates)."""
        self._pixels = np.ascontiguousarray(pixels)
        height, width = pixels.shape[:2]
        image = QImage(self._pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
        self._image = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)  # enlarged in half the time
        self._large = QImage()
        if place != self._place:
            self.prepareGeometryChange()
            self._place = QRectF(place)
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._image = QImage()
        self.update()

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """What is shown."""
        return self._pixels

    def boundingRect(self) -> QRectF:
        return QRectF(self._place)

    @guarded
    def paint(self, painter: QPainter, option: Any, widget: Any) -> None:
        """Enlarged first and painted then, the lowest row at the bottom: Qt takes ten times as long for both at once."""
        if self._image.isNull():
            return
        there = painter.worldTransform().mapRect(self._place)
        if max(there.width(), there.height()) > _LARGEST:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._place, self._image)
            return
        painter.save()
        painter.resetTransform()
        painter.drawImage(there.topLeft(), self._enlarged(there.size(), painter.device().devicePixelRatio()))
        painter.restore()

    def _enlarged(self, points: QSizeF, ratio: float) -> QImage:
        size = (points * ratio).toSize()
        if self._large.size() != size:
            aspect, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            self._large = self._image.flipped(Qt.Orientation.Vertical).scaled(size, aspect, smooth)
            self._large.setDevicePixelRatio(ratio)
        return self._large
