"""Bars of probabilities, painted in one go."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QStaticText

from nnplayground.gui.curve import Floats
from nnplayground.gui.theme import Theme

NUMBER_PIXELS = 58
"""Width of the column of numbers at the right."""
_THICKNESS = 0.66
_THICKEST = 26.0
_SMALLEST_POINTS = 5.5


class BarItem(pg.GraphicsObject):  # type: ignore[misc]
    """Lies on a view box in its pixels: row after row from the top, the column of numbers at the right."""

    def __init__(self, box: pg.ViewBox, theme: Theme) -> None:
        super().__init__()
        self._box = box
        self._theme = theme
        self._rows = 0
        self._colored = False
        self._values: Floats = np.empty(0)
        self._before: Floats = np.empty(0)
        self.setParentItem(box)
        box.sigResized.connect(self._measure)
        self._measure()

    def restyle(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.update()

    def set_rows(self, rows: int, colored: bool) -> None:
        """How many bars there are, and whether each has the colour of its class."""
        self._rows, self._colored = rows, colored
        self._measure()

    def set_values(self, values: Floats, before: Floats) -> None:
        """One value per row, or none at all; those of `before` are drawn as outlines."""
        self._values, self._before = values, before
        self.update()

    def row_at(self, y: float) -> int | None:
        """The row at a height in pixels of the view box."""
        row = int(y / self._height) if self._rows else -1
        return row if 0 <= row < self._rows else None

    def boundingRect(self) -> QRectF:
        return self._room

    def paint(self, painter: QPainter, option: Any, widget: Any) -> None:
        theme = self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        self._fill(painter, theme.sunken, self._bars([1.0] * self._rows))
        bars = self._bars(self._values.tolist())
        best = int(self._values.argmax()) if len(bars) else -1
        if self._colored:
            for row, bar in enumerate(bars):
                self._fill(painter, theme.class_color(row), [bar])
        elif bars:
            self._fill(painter, theme.outline, bars)
            self._fill(painter, theme.accent, [bars[best]])
        self._paint_before(painter)
        self._paint_numbers(painter, best)

    def _fill(self, painter: QPainter, color: str, bars: list[QRectF]) -> None:
        painter.setBrush(QColor(color))
        painter.drawRects(bars)

    def _paint_before(self, painter: QPainter) -> None:
        if len(self._before):
            painter.setPen(QPen(QColor(self._theme.text), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRects(self._bars(self._before.tolist()))

    def _paint_numbers(self, painter: QPainter, best: int) -> None:
        painter.setPen(QColor(self._theme.muted))
        painter.setFont(fitting(painter.font(), self._height))
        font = painter.font().key()
        for row, value in enumerate(self._values.tolist()):
            words = _prepared(percent(value), font)
            size = words.size()
            y = (row + 0.5) * self._height - size.height() / 2
            if row == best:
                painter.setPen(QColor(self._theme.text))
            painter.drawStaticText(QPointF(self._room.width() - 4 - size.width(), y), words)
            if row == best:
                painter.setPen(QColor(self._theme.muted))

    def _bars(self, values: list[float]) -> list[QRectF]:
        thick = round(min(self._height * _THICKNESS, _THICKEST))
        full = max(self._room.width() - NUMBER_PIXELS, 1.0)
        above = (self._height - thick) / 2
        return [QRectF(0.0, round(i * self._height + above), full * v, thick) for i, v in enumerate(values)]

    def _measure(self, _box: object = None) -> None:
        self.prepareGeometryChange()
        self._room = QRectF(self._box.rect())
        self._height = self._room.height() / max(self._rows, 1)
        self.update()


def fitting(font: QFont, height: float) -> QFont:
    """`font`, made smaller where rows of `height` pixels are too low for it."""
    pixels = QFontMetricsF(font).height()
    if pixels <= height:
        return font
    smaller = QFont(font)
    smaller.setPointSizeF(max(font.pointSizeF() * height / pixels, _SMALLEST_POINTS))
    return smaller


@lru_cache(maxsize=4096)
def _prepared(words: str, _font: str) -> QStaticText:
    """Words laid out once for a font; a thousand different numbers are all there are."""
    return QStaticText(words)


def percent(value: float) -> str:
    """A probability as it is read."""
    return f"{100 * value:.1f} %"
