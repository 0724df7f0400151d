"""What lies in a plot beside its curves: bands between two lines, and pictures."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from nnplayground.gui.curve import Floats
from nnplayground.gui.plot import Plot
from nnplayground.gui.theme import Theme

_LARGEST = 4000
"""Pixels of a picture that is enlarged as a whole: of one that was zoomed into, little is seen."""


class Band(pg.GraphicsObject):  # type: ignore[misc]
    """The area between `low` and `high` over `x`, in a colour that shines through.

    On the screen one line a column of pixels: to fill a jagged outline takes Qt ten times as long.
    """

    def __init__(self, plot: Plot, color: str, opacity: float) -> None:
        super().__init__()
        self._color, self._opacity = color, opacity
        self._data: tuple[Floats, Floats, Floats] = (np.empty(0), np.empty(0), np.empty(0))
        self._brush = QColor()
        self._columns: list[QLineF] | None = None
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
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(self.viewRect())

    def viewTransformChanged(self) -> None:
        """The view was moved, zoomed or resized."""
        super().viewTransformChanged()
        self.prepareGeometryChange()
        self._renew()

    def paint(self, painter: QPainter, option: Any, widget: Any) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if widget is None:  # a picture of any size
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._brush)
            painter.drawPath(self._outline())
            return
        if self._columns is None:
            self._columns = self._find_columns()
        painter.setPen(QPen(self._brush, 0))
        painter.drawLines(self._columns)

    def _renew(self) -> None:
        self._columns = None
        self.update()

    def _find_columns(self) -> list[QLineF]:
        x, low, high = self._scaled()
        if len(x) < 2:
            return []
        view, pixel = self.viewRect(), self.getViewBox().viewPixelSize()[0]
        left, right = max(float(x[0]), view.left()), min(float(x[-1]), view.right())
        at = np.arange(left + pixel / 2, right, pixel)
        lows, highs = np.interp(at, x, low), np.interp(at, x, high)
        return [QLineF(*ends) for ends in zip(at.tolist(), lows.tolist(), at.tolist(), highs.tolist(), strict=True)]

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
        self._image = QImage(self._pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
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
