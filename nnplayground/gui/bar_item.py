"""Bars of probabilities, painted in one go."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QStaticText

from nnplayground.gui.curve import Floats
from nnplayground.gui.painting import guarded
from nnplayground.gui.theme import Theme

NUMBER_PIXELS = 58
"""Width of the column of numbers at the right."""
_THICKNESS = 0.66
_THICKEST = 26.0
_SMALLEST_POINTS = 5.5
_STEP = 0.5
"""Points between two sizes: Qt keeps the glyphs of every size that was ever used, and a window has hundreds of widths."""


class _Row(NamedTuple):
    """What is to be seen of a value: lengths in pixels, that of before or -1, and the number."""

    length: int
    words: str
    best: bool
    before: int


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
        self._shown: list[_Row] = []
        self.setFlag(self.GraphicsItemFlag.ItemUsesExtendedStyleOption)  # or all rows would be painted for one
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
        """One value per row, or none at all; those of `before` are drawn as outlines. Only what changed is painted."""
        shown = self._looks(values, before)
        if len(shown) != len(self._shown):
            self.update()
        elif changed := [i for i, (now, then) in enumerate(zip(shown, self._shown, strict=True)) if now != then]:
            top, bottom = changed[0] * self._height, (changed[-1] + 1) * self._height
            self.update(QRectF(0.0, top - 1, self._room.width(), bottom - top + 2))
        self._values, self._before, self._shown = values, before, shown

    def _looks(self, values: Floats, before: Floats) -> list[_Row]:
        full = self._full
        best = int(values.argmax()) if len(values) else -1
        outlines = [round(full * v) for v in before.tolist()] or [-1] * len(values)
        pairs = zip(values.tolist(), outlines, strict=False)
        return [_Row(round(full * v), percent(v), i == best, edge) for i, (v, edge) in enumerate(pairs)]

    def row_at(self, y: float) -> int | None:
        """The row at a height in pixels of the view box."""
        row = int(y / self._height) if self._rows else -1
        return row if 0 <= row < self._rows else None

    def boundingRect(self) -> QRectF:
        return self._room

    @guarded
    def paint(self, painter: QPainter, option: Any, widget: Any) -> None:
        theme, exposed = self._theme, option.exposedRect
        first = max(0, int(exposed.top() / self._height))
        rows = range(first, min(self._rows, int(exposed.bottom() / self._height) + 1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        self._fill(painter, theme.sunken, [self._bar(i, self._full) for i in rows])
        rows = range(first, min(len(self._shown), rows.stop))
        if self._colored:
            for i in rows:
                self._fill(painter, theme.class_color(i), [self._bar(i, self._shown[i].length)])
        else:
            for color, best in ((theme.outline, False), (theme.accent, True)):
                found = [self._bar(i, self._shown[i].length) for i in rows if self._shown[i].best is best]
                self._fill(painter, color, found)
        self._paint_before(painter, rows)
        self._paint_numbers(painter, rows)

    def _fill(self, painter: QPainter, color: str, bars: list[QRect]) -> None:
        if bars:
            painter.setBrush(QColor(color))
            painter.drawRects(bars)

    def _paint_before(self, painter: QPainter, rows: range) -> None:
        if len(self._before):
            painter.setPen(QPen(QColor(self._theme.text), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRects([self._bar(i, self._shown[i].before) for i in rows])

    def _paint_numbers(self, painter: QPainter, rows: range) -> None:
        muted, strong = QColor(self._theme.muted), QColor(self._theme.text)
        painter.setPen(muted)
        painter.setFont(fitting(painter.font(), self._height))
        font = painter.font().key()
        for i in rows:
            row = self._shown[i]
            words = _prepared(row.words, font)
            size = words.size()
            y = (i + 0.5) * self._height - size.height() / 2
            if row.best:
                painter.setPen(strong)
            painter.drawStaticText(QPointF(self._room.width() - 4 - size.width(), y), words)
            if row.best:
                painter.setPen(muted)

    def _bar(self, row: int, length: int) -> QRect:
        thick = round(min(self._height * _THICKNESS, _THICKEST))
        return QRect(0, round(row * self._height + (self._height - thick) / 2), length, thick)

    def _measure(self, _box: object = None) -> None:
        self.prepareGeometryChange()
        self._room = QRectF(self._box.rect())
        self._height = self._room.height() / max(self._rows, 1)
        self._full = max(round(self._room.width()) - NUMBER_PIXELS, 1)
        self._shown = self._looks(self._values, self._before)
        self.update()


def fitting(font: QFont, height: float = math.inf, words: str = "", width: float = math.inf) -> QFont:
    """`font`, made smaller where rows of `height` pixels are too low for it, or `words` too long for `width` pixels."""
    usual = QFontMetricsF(font)
    share = min(height / usual.height(), width / max(usual.horizontalAdvance(words), 1.0))
    if share >= 1:
        return font
    smaller = QFont(font)
    points = math.floor(font.pointSizeF() * share / _STEP) * _STEP
    smaller.setPointSizeF(max(points, _SMALLEST_POINTS))
    return smaller


@lru_cache(maxsize=256)
def _prepared(words: str, _font: str) -> QStaticText:
    """Words laid out once for a font: most are 0.0 %, and while the pen moves the others come again."""
    return QStaticText(words)


def percent(value: float) -> str:
    """A probability as it is read."""
    return f"{100 * value:.1f} %"
