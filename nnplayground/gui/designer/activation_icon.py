"""The shape of an activation function as an icon: what it does is seen before it is chosen."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPen, QPixmap, QPolygonF

from nnplayground.engine.activations import activations
from nnplayground.gui.layer_report import shape_of
from nnplayground.gui.painting import guarded
from nnplayground.gui.theme import Theme

REACH = 4.0
"""The curve is drawn over -REACH..REACH."""
LOW, HIGH = -1.3, 1.6
"""Values at the lower and the upper edge."""


def activation_icon(id: str, theme: Theme) -> QIcon:
    """The curve of activation `id` over its two axes, drawn when it is first seen."""
    return QIcon(_Engine(id, theme.accent, theme.outline))


@lru_cache(maxsize=64)
def _curve(id: str) -> tuple[tuple[float, float], ...]:
    """Points of the curve in a unit square, y downwards."""
    shape = shape_of(activations[id](), REACH, units=3)
    points = zip(shape.u[::4], shape.f[::4], strict=True)
    return tuple(((u + REACH) / (2 * REACH), (HIGH - f) / (HIGH - LOW)) for u, f in points)


class _Engine(QIconEngine):
    def __init__(self, id: str, color: str, axes: str) -> None:
        super().__init__()
        self._made = id, color, axes

    def clone(self) -> QIconEngine:
        return _Engine(*self._made)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        made = QPixmap(size * scale)
        made.setDevicePixelRatio(scale)
        made.fill(Qt.GlobalColor.transparent)
        with QPainter(made) as painter:
            self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        return made

    @guarded
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        id, color, axes = self._made
        x, y, w, h = rect.x() + 0.5, rect.y() + 0.5, rect.width() - 1, rect.height() - 1
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(rect)
        painter.setPen(QPen(QColor(axes), 0.5))
        zero = y + h * HIGH / (HIGH - LOW)
        painter.drawLine(QPointF(x, zero), QPointF(x + w, zero))
        painter.drawLine(QPointF(x + w / 2, y), QPointF(x + w / 2, y + h))
        painter.setPen(QPen(QColor(color), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(QPolygonF([QPointF(x + w * u, y + h * f) for u, f in _curve(id)]))
        painter.restore()
