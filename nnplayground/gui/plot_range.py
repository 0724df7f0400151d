"""The part of the plane a plot shows: it follows the data until a person zooms, and again after "fit"."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtWidgets import QWidget

from nnplayground.gui.curve import Curve, Range

_AHEAD = 0.15
"""Room left where curves grow, so that the axes are drawn anew now and then and not in each frame."""
_MARGIN = 0.06
_FILLED = 0.6
_LOST = 1e4
_THINNEST = 1e-9
"""Of the numbers at its ends."""


class Follow:
    """Sets the range of a view box; `hint` is shown while the range is the person's own."""

    def __init__(self, box: pg.ViewBox, hint: QWidget) -> None:
        self._box = box
        self._hint = hint
        self._fixed: tuple[Range | None, Range | None] = (None, None)
        self._set_following(True)
        box.sigRangeChangedManually.connect(self._on_manual)

    @property
    def following(self) -> bool:
        """Whether the range follows the data."""
        return self._following

    def fix(self, x: Range | None = None, y: Range | None = None) -> None:
        """Show always this range (for example 0 to 1) along an axis."""
        self._fixed = _sound(x), _sound(y)

    def fit(self, curves: Sequence[Curve]) -> None:
        """Show all of `curves`, tightly, and follow them."""
        self._set_following(True)
        x, y = _bounds(curves)
        self._set(self._fixed[0] or x, self._fixed[1] or _padded(y, _MARGIN, _MARGIN))

    def update(self, curves: Sequence[Curve]) -> None:
        """The data changed: make room where it is needed, and take it back where much of it is empty."""
        if not self._following:
            return
        x, y = _bounds(curves)
        shown_x, shown_y = (_pair(r) for r in self._box.viewRange())
        if not _fits(x, shown_x):
            shown_x = _padded(x, 0.0, _AHEAD if x[1] > shown_x[1] else 0.0)
        if not _fits(y, shown_y):
            shown_y = _padded(y, _MARGIN, _MARGIN)
        self._set(self._fixed[0] or shown_x, self._fixed[1] or shown_y)

    def zoom(self, factor: float) -> None:
        """Show `factor` times as much on each axis, around the middle."""
        self._box.scaleBy((factor, factor))
        self._on_manual()

    def _on_manual(self, _mouse_enabled: object = None) -> None:
        self._set_following(False)

    def _set_following(self, following: bool) -> None:
        self._following = following
        self._hint.setVisible(not following)

    def _set(self, x: Range, y: Range) -> None:
        if [_pair(r) for r in self._box.viewRange()] != [x, y]:
            self._box.setLimits(**_limits("x", x), **_limits("y", y))
            self._box.setRange(xRange=x, yRange=y, padding=0, disableAutoRange=True)


def _sound(wanted: Range | None) -> Range | None:
    """A range that an axis can be drawn for: finite, and wide enough to have numbers between its ends."""
    if wanted is None or not all(abs(end) <= 1e100 for end in wanted):
        return None
    low, high = wanted
    size = max(abs(low), abs(high))
    return wanted if high - low > _THINNEST * size else (low - max(size, 1e-6) / 2, high + max(size, 1e-6) / 2)


def _limits(axis: str, shown: Range) -> dict[str, float]:
    """How far from `shown` a person can get lost: pyqtgraph raises at infinity."""
    low, high = shown
    span = high - low
    return {
        f"{axis}Min": low - _LOST * span, f"{axis}Max": high + _LOST * span,
        f"min{axis.upper()}Range": span / _LOST, f"max{axis.upper()}Range": span * _LOST,
    }  # fmt: skip


def _pair(pair: Sequence[float]) -> Range:
    return float(pair[0]), float(pair[1])


def _bounds(curves: Sequence[Curve]) -> tuple[Range, Range]:
    return _union([curve.bounds[0] for curve in curves]), _union([curve.bounds[1] for curve in curves])


def _union(ranges: Sequence[Range | None]) -> Range:
    known = [r for r in ranges if r is not None]
    if not known:
        return 0.0, 1.0
    low, high = min(r[0] for r in known), max(r[1] for r in known)
    if high - low <= 1e-12 * max(abs(low), abs(high), 1e-12):
        room = 0.5 * max(abs(low), 1e-6)
        return (low - room, high + room) if low else (0.0, 1.0)
    return low, high


def _padded(wanted: Range, below: float, above: float) -> Range:
    span = wanted[1] - wanted[0]
    return wanted[0] - below * span, wanted[1] + above * span


def _fits(wanted: Range, shown: Range) -> bool:
    """Whether `wanted` lies in `shown` and fills much of it."""
    inside = shown[0] <= wanted[0] and wanted[1] <= shown[1]
    return inside and wanted[1] - wanted[0] >= _FILLED * (shown[1] - shown[0])
