"""One curve of a plot: checked numbers in, a quick and even line out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform

from nnplayground.gui.painting import guarded
from nnplayground.gui.theme import Theme
from nnplayground.text import Text

Floats = NDArray[np.float64]
_LARGEST = 1e100
DOT = 5
"""Pixels of a point that has no other to be joined to."""
Range = tuple[float, float]
Paint = Callable[[Theme], str]
"""The colour of something, given the theme."""


def finite(values: ArrayLike, length: int | None = None) -> Floats:
    """`values` as a one-dimensional array whose infinities are NaN (gaps); empty when they are no such array.

    Numbers beyond 1e100 count as infinite, so that spans and squares of them are not.
    With `length` given, arrays of another length are empty too. pyqtgraph must never see anything else:
    an exception while painting can end the process.
    """
    try:
        array = np.array(values, dtype=np.float64)
    except (TypeError, ValueError):
        return np.empty(0)
    if array.ndim != 1 or (length is not None and len(array) != length):
        return np.empty(0)
    array[~(np.abs(array) <= _LARGEST)] = np.nan
    return array


class Curve:
    """A line in a `Plot`; made by `Plot.curve`."""

    def __init__(self, name: Text, paint: Paint, style: Qt.PenStyle, bold: bool, changed: Callable[[], None]) -> None:
        self.name = name
        self.paint = paint
        self.x = np.empty(0)
        self.y = np.empty(0)
        self.style = style
        self.item = _Line()
        self._bold = bold
        self._changed = changed
        self._log = (False, False)
        self._shown = self.x, self.y
        self._bounds: tuple[Range | None, Range | None] = (None, None)

    def set(self, x: ArrayLike, y: ArrayLike) -> None:
        """Show `y` over `x`, of one length; x has to rise for the read-out to find its points."""
        self.y = finite(y)
        self.x = finite(x, len(self.y))
        if len(self.x) != len(self.y):
            self.x = self.y = np.empty(0)
        self._show()
        self._changed()

    def clear(self) -> None:
        """Show nothing."""
        self.set((), ())

    @property
    def visible(self) -> bool:
        """Whether the person has it switched on."""
        return bool(self.item.isVisible())

    def set_visible(self, visible: bool) -> None:
        """Switch it on or off."""
        self.item.setVisible(visible)
        self._changed()

    def set_log(self, x: bool, y: bool) -> None:
        """Whether the axes are logarithmic; the item is then given logarithms."""
        self._log = x, y
        self._show()

    def restyle(self, theme: Theme, width: float = 1.0) -> None:
        """Take the colours of `theme`."""
        pen = pg.mkPen(self.paint(theme), width=width, style=self.style)
        self.item.set_pen(pen, smooth=self._bold, bold=self._bold and width == 1.0)

    def fill(self, color: QColor | None) -> None:
        """Fill what the line encloses, from its last point straight to its first; None fills nothing."""
        self.item.set_fill(color)

    def shown(self) -> tuple[Floats, Floats]:
        """The points as they lie in the view: logarithms where an axis is logarithmic."""
        return self._shown

    @property
    def bounds(self) -> tuple[Range | None, Range | None]:
        """Smallest and largest x and y of `shown`; None where there is no number."""
        return self._bounds

    def _show(self) -> None:
        x, y = self._shown = _scaled(self.x, self._log[0]), _scaled(self.y, self._log[1])
        self._bounds = _range(x), _range(y)
        gaps = bool(np.isnan(x.sum()) or np.isnan(y.sum()))
        self.item.set_points(x, y, gaps)


def _scaled(values: Floats, log: bool) -> Floats:
    if not log:
        return values
    return np.log10(values, where=values > 0, out=np.full(len(values), np.nan))


def _range(values: Floats) -> Range | None:
    if not len(values):
        return None
    low = float(values.min())
    if low == low:
        return low, float(values.max())
    known = values[~np.isnan(values)]
    return (float(known.min()), float(known.max())) if len(known) else None


class _Line(pg.GraphicsObject):  # type: ignore[misc]
    """A line that looks two pixels wide: Qt draws three thin antialiased lines five times faster than a wide one.

    A thin one, which may be a zigzag of hundreds of long strokes, is drawn without antialiasing: again much faster.
    pyqtgraph's own curve measures its data several times a frame; here the view is its bounding rectangle.
    """

    def __init__(self) -> None:
        super().__init__()
        self._smooth = self._bold = False
        self._pen = QPen()
        self._fill: QColor | None = None
        self._path = QPainterPath()
        self._alone: QPointF | None = None
        self._place: QRectF | None = None

    def set_pen(self, pen: QPen, smooth: bool, bold: bool) -> None:
        """Draw with `pen`, which is cosmetic: `smooth` with antialiasing, `bold` as if it were two pixels wide."""
        self._pen, self._smooth, self._bold = pen, smooth, bold
        self.update()

    def set_fill(self, color: QColor | None) -> None:
        """What to fill the line with, if at all."""
        self._fill = color
        self.update()

    def set_points(self, x: Floats, y: Floats, gaps: bool) -> None:
        """Join the points; with `gaps`, some of them are NaN. A single point is a dot."""
        self._path = pg.arrayToQPath(x, y, connect="finite" if gaps else "all", finiteCheck=gaps)
        self._alone = QPointF(x[0], y[0]) if len(x) == 1 and not gaps else None
        self.update()

    def boundingRect(self) -> QRectF:
        if self._place is None:
            self._place = QRectF(self.viewRect())
        return self._place

    def viewTransformChanged(self) -> None:
        """The view was moved, zoomed or resized."""
        super().viewTransformChanged()
        self._place = None
        self.prepareGeometryChange()

    @guarded
    def paint(self, painter: QPainter, option: Any, widget: Any) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, self._smooth)
        if self._fill is not None:
            painter.fillPath(self._path, self._fill)
        if self._alone is not None:
            dot = QPen(self._pen.brush(), DOT, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
            dot.setCosmetic(True)
            painter.setPen(dot)
            painter.drawPoint(self._alone)
            return
        painter.strokePath(self._path, self._pen)
        if self._bold:
            there = painter.transform()
            for dx, dy in ((0.6, 0.0), (0.0, 0.6)):
                painter.setTransform(there * QTransform.fromTranslate(dx, dy))
                painter.strokePath(self._path, self._pen)
            painter.setTransform(there)
