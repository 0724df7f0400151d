"""An axis whose labels leave room for each other, and whose ticks are found quickly."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QFontMetricsF, QPainter

from nnplayground.gui.painting import guarded

_LABEL_PIXELS = 45
_LINE = 24
"""Room for the labels of an upright axis that is low: one number alone would say little."""
_ROOMS_ACROSS = (75, 50, 32)
"""Room for the labels of a horizontal linear axis, which stand side by side."""
_GAP = 12
"""Between those."""
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

Level = tuple[float, list[float]]
"""Spacing and places of ticks of one rank. On a logarithmic axis places are logarithms to base 10."""


class Axis(pg.AxisItem):  # type: ignore[misc]
    """Linear: steps of 1, 2 or 5. Logarithmic: powers of ten first, then 2 and 5, the others unlabelled.

    pyqtgraph finds its linear ticks in about a millisecond, each time that a range grows.
    """

    line: tuple[Axis, ...] = ()
    """Upright axes that are as wide as this one, itself among them, if its width is held."""

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Labels of ticks; where the width is held and they would run into the name of the axis, it grows."""
        words: list[str] = super().tickStrings(values, scale, spacing)
        if self.fixedWidth is not None and self.orientation == "left":
            needed = math.ceil(self._widest(words) + self._beside())
            if needed > self.fixedWidth:
                for axis in self.line:
                    axis.setWidth(needed)
        return words

    def _beside(self) -> float:
        """Pixels that ticks and name take."""
        name = self.label.boundingRect().height() if self.label.isVisible() else 0.0
        return float(self.style["tickTextOffset"][0] + max(0.0, self.style["tickLength"]) + 0.8 * name)

    @guarded
    def paint(self, painter: QPainter, option: Any, widget: Any) -> None:
        super().paint(painter, option, widget)

    def tickValues(self, low: float, high: float, size: float) -> Any:
        """Ticks between `low` and `high` on `size` pixels."""
        (low, high), size = sorted((low, high)), max(size, 1.0)
        if self.logMode:
            return log_ticks(low, high, size)
        if self.orientation == "bottom":
            return self._ticks_across(low, high, size)
        return linear_ticks(low, high, size, min(_LABEL_PIXELS, max(_LINE, size / 4)))

    def _ticks_across(self, low: float, high: float, size: float) -> list[Level]:
        """Far from each other, unless there would be fewer than three of them, and closer ones have room."""
        found: list[Level] = []
        for room in _ROOMS_ACROSS:
            levels = linear_ticks(low, high, size, room)
            ((step, places),) = levels
            if found and (self._widest(self.tickStrings(places, self.scale, step)) + _GAP) * (high - low) > step * size:
                break
            found = levels
            if len(places) >= 3:
                break
        return found

    def _widest(self, words: list[str]) -> float:
        return max(map(QFontMetricsF(self.font()).horizontalAdvance, words), default=0.0)

    def logTickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Labels of logarithmic ticks."""
        return ["" if spacing < 0.1 else power_of_ten(v) for v in values]


def linear_ticks(low: float, high: float, size: float, room: float) -> list[Level]:
    """Ticks of a linear axis of `size` pixels, at least `room` pixels apart, in steps of 1, 2 or 5."""
    least = max(high - low, 1e-300) * min(room / size, 1.0)
    unit = 10.0 ** math.floor(math.log10(least))
    step = unit * next(n for n in (1, 2, 5, 10) if n * unit >= least * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [(step, [n * step for n in range(first, last + 1)])]


def log_ticks(low: float, high: float, size: float) -> list[Level]:
    """Ticks of a logarithmic axis from 10**low to 10**high."""
    span = max(high - low, 1e-9)
    if span < 0.7:
        return [(1.0, _even_ticks(low, high))]
    per_decade = size / span
    every = max(1, int(np.ceil(_LABEL_PIXELS / per_decade)))
    powers = range(int(np.ceil(low)), int(np.floor(high)) + 1)
    levels: list[Level] = [(1.0, [float(p) for p in powers if p % every == 0])]
    if every == 1:
        labelled = (2, 5) if per_decade > 3 * _LABEL_PIXELS else ()
        levels.append((0.5, _between(low, high, labelled)))
        levels.append((0.05, _between(low, high, tuple(n for n in range(2, 10) if n not in labelled))))
    return levels


def _between(low: float, high: float, digits: tuple[int, ...]) -> list[float]:
    decades = range(int(np.floor(low)), int(np.ceil(high)) + 1)
    places = (d + float(np.log10(n)) for d in decades for n in digits)
    return [p for p in places if low <= p <= high]


def _even_ticks(low: float, high: float) -> list[float]:
    """Less than a decade is labelled like a linear axis."""
    start, end = 10.0**low, 10.0**high
    rough = (end - start) / 4
    unit = 10.0 ** np.floor(np.log10(rough))
    step = float(unit * min((1, 2, 5, 10), key=lambda n: abs(n - rough / unit)))
    values = np.arange(np.ceil(start / step), np.floor(end / step) + 1) * step
    return [float(v) for v in np.log10(values[values > 0])]


def power_of_ten(place: float) -> str:
    """10**place as a person writes it: 0.01, 50, 10⁻⁷, 2·10⁶."""
    value = 10.0**place
    if 1e-4 < value < 1e5:
        return f"{value:.6g}"
    power = int(np.floor(place + 1e-9))
    digit = value / 10.0**power
    front = "" if abs(digit - 1) < 1e-6 else f"{digit:.3g}·"
    return front + "10" + str(power).translate(_SUPERSCRIPT)
