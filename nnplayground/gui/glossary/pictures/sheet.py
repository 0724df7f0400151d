"""Paper for a small picture: lines, points, bars and boxes in coordinates of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from nnplayground.gui.theme import Theme

Floats = NDArray[np.float64]
Point = tuple[float, float]
EDGE = 8.0


class Sheet:
    """`scale` says which coordinates the edges have; y grows upwards."""

    def __init__(self, painter: QPainter, size: QSize, theme: Theme) -> None:
        self.theme = theme
        self.room = QRectF(0, 0, size.width(), size.height()).adjusted(EDGE, EDGE, -EDGE, -EDGE)
        self.scale(0, 1, 0, 1)
        self._painter = painter
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setClipRect(self.room.adjusted(-EDGE / 2, -EDGE / 2, EDGE / 2, EDGE / 2))

    def scale(self, left: float, right: float, low: float, high: float) -> None:
        """What is drawn from now on lies between these."""
        self._left, self._wide, self._low, self._tall = left, right - left, low, high - low

    def at(self, x: float, y: float) -> QPointF:
        """The place of a point on the paper."""
        across, up = (x - self._left) / self._wide, (y - self._low) / self._tall
        return QPointF(self.room.x() + across * self.room.width(), self.room.bottom() - up * self.room.height())

    def box_at(self, x: float, y: float, wide: float, tall: float) -> QRectF:
        """The rectangle from (x, y), its lower left corner."""
        return QRectF(self.at(x, y + tall), self.at(x + wide, y))

    def line(self, xs: ArrayLike, ys: ArrayLike, color: str, width: float = 1.8, dashed: bool = False) -> None:
        """A curve through points."""
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        pen = QPen(QColor(color), width, style, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        self._painter.setPen(pen)
        points = zip(np.asarray(xs, float).ravel(), np.asarray(ys, float).ravel(), strict=True)
        self._painter.drawPolyline(QPolygonF([self.at(float(x), float(y)) for x, y in points]))

    def axes(self, x: float = 0.0, y: float = 0.0) -> None:
        """The two axes, which cross at (x, y)."""
        self.line([self._left, self._left + self._wide], [y, y], self.theme.outline, 0.8)
        self.line([x, x], [self._low, self._low + self._tall], self.theme.outline, 0.8)

    def arrow(self, start: Point, end: Point, color: str, width: float = 1.8) -> None:
        """A line with a head at `end`."""
        a, b = self.at(*start), self.at(*end)
        self.line([start[0], end[0]], [start[1], end[1]], color, width)
        along = b - a
        length = max(float(np.hypot(along.x(), along.y())), 1e-9)
        along, aside = along * (6 / length), QPointF(-along.y(), along.x()) * (3.5 / length)
        self._painter.setBrush(QColor(color))
        self._painter.drawPolygon(QPolygonF([b, b - along + aside, b - along - aside]))

    def dots(self, points: Iterable[Sequence[float]], color: str, radius: float = 2.6, hollow: bool = False) -> None:
        """Round marks."""
        self._painter.setPen(QPen(QColor(color), 1.4))
        self._painter.setBrush(Qt.BrushStyle.NoBrush if hollow else QColor(color))
        for x, y in points:
            self._painter.drawEllipse(self.at(float(x), float(y)), radius, radius)

    def box(
        self, x: float, y: float, wide: float, tall: float, fill: str = "", edge: str = "", width: float = 1
    ) -> None:
        """A rectangle from its lower left corner."""
        self._painter.setPen(QPen(QColor(edge), width) if edge else Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
        self._painter.drawRect(self.box_at(x, y, wide, tall))

    def bars(self, values: ArrayLike, color: str, wide: float = 0.7, chosen: int = -1) -> None:
        """A bar over each whole number from 0; the `chosen` one in the colour of the accent."""
        for i, value in enumerate(np.asarray(values, float)):
            self.box(i + (1 - wide) / 2, 0, wide, float(value), self.theme.accent if i == chosen else color)

    def grid(self, values: ArrayLike, x: float, y: float, side: float, numbers: bool = False) -> None:
        """Squares (rows, columns) from the lower left corner; from the ground at 0 to ink or the two signs' colours."""
        table = np.asarray(values, float)
        most = max(float(np.abs(table).max()), 1e-9)
        for row, column in np.ndindex(*table.shape):
            value = float(table[row, column])
            place = x + column * side, y + (len(table) - 1 - row) * side
            color = QColor(self.theme.positive if value >= 0 else self.theme.negative)
            self._painter.setPen(QPen(QColor(self.theme.border), 0.6))
            color.setAlphaF(min(abs(value) / most, 1.0) * (0.55 if numbers else 1.0))
            self._painter.setBrush(color)
            self._painter.drawRect(self.box_at(*place, side, side))
            if numbers:
                self.text((place[0] + side / 2, place[1] + side / 2), f"{value:g}", self.theme.text)

    def text(self, at: Point, words: str, color: str = "", size: float = 10, bold: bool = False) -> None:
        """Words in the middle of a place: signs and numbers, which need no translation."""
        font = QFont(self._painter.font())
        font.setPixelSize(round(size))
        font.setBold(bold)
        self._painter.setFont(font)
        self._painter.setPen(QColor(color or self.theme.muted))
        middle = self.at(*at)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
        self._painter.drawText(QRectF(middle.x() - 40, middle.y() - 10, 80, 20), flags, words)
