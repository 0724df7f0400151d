"""What the table of the layers shows in one cell: a histogram, or how its units are."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from nnplayground.gui.cell_paint import GAP, share_bar, write, write_nothing
from nnplayground.gui.explain import joined
from nnplayground.gui.readout import number
from nnplayground.gui.theme import Theme
from nnplayground.text import Text
from nnplayground.training.probes.histograms import Histogram
from nnplayground.training.probes.unit_health import LayerHealth

SPOKEN = Text(
    "{name}: from {low} to {high}, mean {mean}, standard deviation {std}.",
    "{name}: {low} から {high}、平均 {mean}、標準偏差 {std}。",
)
BAD = Text("{n} are not finite.", "{n} 個が有限の値ではありません。")
NONE = Text("{name}: there are none.", "{name}: ありません。")
HEALTH = Text(
    "{dead} of {units} units are dead, {saturated} are saturated.",
    "{units} ユニット中、停止 {dead}、飽和 {saturated}。",
)
NO_HEALTH = Text(
    "Dead and saturated units are counted in hidden layers whose activation bends.",
    "停止・飽和したユニットは、曲がった活性化関数を持つ中間層で数えます。",
)


@dataclass(frozen=True, eq=False)
class HistogramCell:
    """A histogram of `name`, with its ends in numbers; None where there is nothing to count."""

    name: Text
    histogram: Histogram | None
    color: str
    """Name of a colour of the theme."""

    @property
    def spoken(self) -> Text:
        found = self.histogram
        if found is None:
            return NONE.format(name=self.name)
        numbers = {"low": found.edges[0], "high": found.edges[-1], "mean": found.mean, "std": found.std}
        said = SPOKEN.format(name=self.name, **{k: number(float(v)) for k, v in numbers.items()})
        return joined(said, BAD.format(n=found.bad)) if found.bad else said

    def bars(self, room: QRectF) -> list[QRectF]:
        """The bars as they lie in `room`, the fullest as high as it."""
        if self.histogram is None:
            return []
        counts = self.histogram.counts
        wide, top = room.width() / len(counts), max(int(counts.max()), 1)
        heights = [room.height() * int(c) / top for c in counts]
        return [QRectF(room.x() + i * wide, room.bottom() - h, wide, h) for i, h in enumerate(heights) if h > 0]

    def paint(self, painter: QPainter, room: QRectF, theme: Theme) -> None:
        line = painter.fontMetrics().height() * 0.9
        place = room.adjusted(GAP, GAP, -GAP, -line - 1)
        if self.histogram is None:
            write_nothing(painter, room, theme)
            return
        painter.fillRect(place, QColor(theme.sunken))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(theme, self.color)))
        painter.drawRects(self.bars(place))
        low, high = float(self.histogram.edges[0]), float(self.histogram.edges[-1])
        if low < 0 < high:
            x = place.x() + place.width() * -low / (high - low)
            painter.setPen(QColor(theme.text))
            painter.drawLine(QPointF(x, place.top()), QPointF(x, place.bottom()))
        below = QRectF(place.x(), place.bottom(), place.width(), room.bottom() - place.bottom())
        ends = [(low, Qt.AlignmentFlag.AlignLeft), (high, Qt.AlignmentFlag.AlignRight)]
        if painter.fontMetrics().horizontalAdvance(f"{_short(low)}  {_short(high)}") * 0.85 > below.width():
            ends = [max(ends, key=lambda end: abs(end[0]))]  # no room for both: the one farther from 0
        for value, side in ends:
            write(painter, below, _short(value), side, theme.muted)


@dataclass(frozen=True, eq=False)
class HealthCell:
    """Shares of dead and saturated units; None where they are not counted."""

    health: LayerHealth | None

    @property
    def counts(self) -> tuple[int, int, int]:
        """Units, dead ones, saturated ones."""
        found = self.health
        if found is None:
            return 0, 0, 0
        units = len(found.flat)
        return units, round(found.dead * units), round(found.saturated * units)

    @property
    def spoken(self) -> Text:
        if self.health is None:
            return NO_HEALTH
        units, dead, saturated = self.counts
        return HEALTH.format(units=units, dead=dead, saturated=saturated)

    def paint(self, painter: QPainter, room: QRectF, theme: Theme) -> None:
        if self.health is None:
            write_nothing(painter, room, theme)
            return
        half = room.height() / 2
        shares = ((self.health.dead, theme.error), (self.health.saturated, theme.warning))
        for row, (share, color) in enumerate(shares):
            line = QRectF(room.x() + GAP, room.y() + row * half + GAP, room.width() - 2 * GAP, half - 2 * GAP)
            share_bar(painter, line, share, color, theme)


def _short(value: float) -> str:
    return f"{value:.2g}"
