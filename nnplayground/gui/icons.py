"""One-colour icons from `resources/icons`, drawn in the colours of a theme at any size and pixel ratio."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer

from nnplayground import resources
from nnplayground.gui.painting import guarded, guarded_with
from nnplayground.gui.theme import Theme


def icon(name: str, theme: Theme, color: str | None = None) -> QIcon:
    """Icon `name` (the file name without `.svg`) in the text colour of `theme`, or in `color`."""
    return _icon(name, color or theme.text, theme.disabled)


def pixmap(name: str, color: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Icon `name` in `color` as a picture of `size` by `size` device-independent pixels."""
    made = QPixmap(_picture(name, color, max(1, round(size * ratio))))  # a copy: the kept one stays as it is
    made.setDevicePixelRatio(ratio)
    return made


@lru_cache(maxsize=256)
def line_icon(color: str, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QIcon:
    """A piece of a curve, 20 by 12, for legends."""
    made = QPixmap(60, 36)
    made.setDevicePixelRatio(3.0)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(color), 2.5, style, Qt.PenCapStyle.FlatCap))
        painter.drawLine(1, 6, 19, 6)
    return QIcon(made)


@lru_cache(maxsize=256)
def _icon(name: str, color: str, disabled: str) -> QIcon:
    return QIcon(_Engine(name, color, disabled))


@lru_cache(maxsize=128)
def _source(name: str) -> bytes:
    return resources.path("icons", f"{name}.svg").read_bytes()


@lru_cache(maxsize=512)
def _picture(name: str, color: str, side: int) -> QPixmap:
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        QSvgRenderer(QByteArray(_source(name))).render(painter, QRectF(0, 0, side, side))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(made.rect(), QColor(color))
    return made


class _Engine(QIconEngine):
    """Draws when asked, so that each size and pixel ratio is crisp and nothing is drawn in vain."""

    def __init__(self, name: str, color: str, disabled: str) -> None:
        super().__init__()
        self._made = name, color, disabled
        _source(name)  # a wrong name is told here, not while painting

    def clone(self) -> QIconEngine:
        return _Engine(*self._made)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    @guarded_with(QPixmap)
    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        name, color, disabled = self._made
        return pixmap(name, disabled if mode == QIcon.Mode.Disabled else color, min(size.toTuple()), scale)

    @guarded
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        ratio = painter.device().devicePixelRatioF()
        corner = rect.topLeft() + QPoint(rect.width() - side, rect.height() - side) / 2
        painter.drawPixmap(corner, self.scaledPixmap(QSize(side, side), mode, state, ratio))
