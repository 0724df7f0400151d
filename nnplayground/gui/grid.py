"""Straight lines across a plot: the grid, and marks at places on the x axis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from nnplayground.gui.painting import guarded
from nnplayground.gui.theme import Theme
from nnplayground.text import Text


class Lines(pg.GraphicsObject):  # type: ignore[misc]
    """Lines found anew only when the view was moved, zoomed or resized."""

    def __init__(self) -> None:
        super().__init__()
        self._pen = QPen()
        self._lines: list[QLineF] | None = None

    def find_lines(self) -> list[QLineF]:
        """The lines, in the coordinates of the view."""
        raise NotImplementedError

    def renew(self) -> None:
        """The lines are others now."""
        self._lines = None
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(self.viewRect())

    def viewTransformChanged(self) -> None:
        """The view was moved, zoomed or resized."""
        super().viewTransformChanged()
        self.renew()

    @guarded
    def paint(self, painter: QPainter, option: Any, widget: Any) -> None:
        if self._lines is None:
            self._lines = self.find_lines()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(self._pen)
        painter.drawLines(self._lines)


class Grid(Lines):
    """Thin lines at the main ticks. pyqtgraph's own grid repaints both axes with each frame."""

    def __init__(self, x_axis: Any, y_axis: Any) -> None:
        super().__init__()
        self.rows = True
        """Whether there are lines at the ticks of the y axis."""
        self._axes = x_axis, y_axis
        self.setZValue(-100)

    def restyle(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._pen = QPen(QColor(theme.grid), 0)
        self.update()

    def find_lines(self) -> list[QLineF]:
        view = self.getViewBox()
        (left, right), (bottom, top) = view.viewRange()
        x_ticks = _main_ticks(self._axes[0], left, right, view.width())
        y_ticks = _main_ticks(self._axes[1], bottom, top, view.height()) if self.rows else []
        return [QLineF(x, bottom, x, top) for x in x_ticks] + [QLineF(left, y, right, y) for y in y_ticks]


class Marks(Lines):
    """Upright lines where something happened, each with a few words."""

    def __init__(self) -> None:
        super().__init__()
        self._marks: list[tuple[float, Text]] = []
        self._log = False
        self.setZValue(-50)

    def restyle(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._pen = QPen(QColor(theme.muted), 0, Qt.PenStyle.DotLine)
        self.update()

    def set(self, marks: Sequence[tuple[float, Text]], log: bool) -> None:
        """Show `marks`, places on the x axis (their logarithms, if `log`) with words."""
        self._marks = [(x, words) for x, words in marks if math.isfinite(x) and (x > 0 or not log)]
        self._log = log
        self.renew()

    def words_near(self, x: float, reach: float) -> list[Text]:
        """What the marks within `reach` of `x` say; both in view coordinates."""
        return [words for place, words in self._placed() if abs(place - x) <= reach]

    def find_lines(self) -> list[QLineF]:
        _, (bottom, top) = self.getViewBox().viewRange()
        return [QLineF(x, bottom, x, top) for x, _ in self._placed()]

    def _placed(self) -> list[tuple[float, Text]]:
        return [(math.log10(x) if self._log else x, words) for x, words in self._marks]


def _main_ticks(axis: Any, low: float, high: float, size: float) -> list[float]:
    """Places of the ticks of first rank, given or found."""
    given = axis._tickLevels
    if given is not None:
        return [place for place, _ in given[0]]
    levels = axis.tickValues(low, high, max(size, 1.0))
    return list(levels[0][1]) if levels else []
