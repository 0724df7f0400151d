"""Strokes painted smoothly into a picture that is kept, so that a moving pen costs one short curve."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from nnplayground.gui.sketch import Stroke, Strokes


class Ink:
    """The picture of a sketch.

    A stroke runs through the middles between its points, bent towards the points (quadratic curves). The last
    half step, from the last middle to the tip of the pen, is not in the picture until the stroke ends: `tail`.
    """

    def __init__(self) -> None:
        self.picture = QPixmap()
        self._side = 1.0
        self._pen = QPen()
        self._points: list[QPointF] = []

    def reset(self, side: float, ratio: float, color: str, width: float) -> None:
        """A clean sheet of `side` device-independent pixels; `width` of the pen as a share of it."""
        pixels = max(1, round(side * ratio))
        self.picture = QPixmap(QSize(pixels, pixels))
        self.picture.setDevicePixelRatio(pixels / max(side, 1.0))
        self.picture.fill(Qt.GlobalColor.transparent)
        self._side = max(side, 1.0)
        self._pen = QPen(QColor(color), width * self._side)
        self._pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        self._pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self._points.clear()

    def draw(self, strokes: Strokes) -> None:
        """Paint whole strokes."""
        path = QPainterPath()
        for stroke in strokes:
            _add(path, [self._place(*point) for point in stroke.tolist()])
        self._paint(path)

    def begin(self, stroke: Stroke) -> QRectF:
        """Start following an unfinished stroke; returns what has to be repainted, like the calls below."""
        self._points = [self._place(*point) for point in stroke.tolist()]
        path = QPainterPath()
        _add_curves(path, self._points)
        self._paint(path)
        return self._around(self._points)

    def move(self, x: float, y: float) -> QRectF:
        """The pen moved to (x, y)."""
        self._points = [*self._points[-2:], self._place(x, y)]
        path = QPainterPath()
        _add_curves(path, self._points, first=len(self._points) == 2)
        self._paint(path)
        return self._around(self._points)

    def end(self) -> QRectF:
        """The pen was lifted."""
        with QPainter(self.picture) as painter:
            self.paint_tail(painter)
        dirty = self._around(self._points)
        self._points = []
        return dirty

    def paint_tail(self, painter: QPainter) -> None:
        """Paint the last half step of the unfinished stroke."""
        if not self._points:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._pen)
        if len(self._points) == 1:
            painter.drawPoint(self._points[0])
        else:
            painter.drawLine(_middle(*self._points[-2:]), self._points[-1])

    def _place(self, x: float, y: float) -> QPointF:
        return QPointF(x * self._side, y * self._side)

    def _paint(self, path: QPainterPath) -> None:
        with QPainter(self.picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.strokePath(path, self._pen)

    def _around(self, points: list[QPointF]) -> QRectF:
        xs, ys = [p.x() for p in points] or [0.0], [p.y() for p in points] or [0.0]
        rect = QRectF(QPointF(min(xs), min(ys)), QPointF(max(xs), max(ys)))
        reach = self._pen.widthF() / 2 + 2
        return rect.adjusted(-reach, -reach, reach, reach)


def _middle(a: QPointF, b: QPointF) -> QPointF:
    return (a + b) / 2


def _add(path: QPainterPath, points: list[QPointF]) -> None:
    if len(points) == 1:
        path.moveTo(points[0])
        path.lineTo(points[0] + QPointF(1e-3, 0))  # a dot: strokePath leaves out lines of no length
        return
    _add_curves(path, points)
    path.lineTo(points[-1])


def _add_curves(path: QPainterPath, points: list[QPointF], first: bool = True) -> None:
    """Curves up to the last middle; without `first`, from the first middle on."""
    if len(points) < 2:
        return
    path.moveTo(points[0] if first else _middle(points[0], points[1]))
    if first:
        path.lineTo(_middle(points[0], points[1]))
    for i in range(1, len(points) - 1):
        path.quadTo(points[i], _middle(points[i], points[i + 1]))
