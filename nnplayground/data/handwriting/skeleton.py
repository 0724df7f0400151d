"""Skeletons of digits: what the pen does, as curves through a few points that vary from writer to writer.

A skeleton is a function of a `Vary` that returns strokes, each a list of points (x, y) in a unit box, y down.
It is called for many digits at once: a coordinate is a number or an array (n,). The pen goes through the points
along centripetal Catmull-Rom curves (Yuksel, Schaefer & Keyser 2011) and turns sharply at a `corner`.
With the knots fixed, the curve is linear in its points: a digit is one matrix product.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Number = Any
"""A float, or an array (n,) with one value for each digit."""

PIECES = 48
"""Pieces that a digit's path is cut into, over all its strokes."""
_DENSE = np.linspace(0, 1, 129)
"""Places on a curve between which it is as good as straight."""


class Point(NamedTuple):
    """A point that the pen goes through."""

    x: Number
    y: Number
    sharp: bool = False


def corner(x: Number, y: Number) -> Point:
    """A point at which the pen turns sharply."""
    return Point(x, y, sharp=True)


def arc(x: Number, y: Number, rx: Number, ry: Number, begin: Number, end: Number, points: int = 5) -> list[Point]:
    """Points on an ellipse around (x, y) from angle `begin` to `end`, in degrees, 0 = right, 90 = down."""
    found = []
    for share in np.linspace(0.0, 1.0, points):
        angle = np.deg2rad(begin + (end - begin) * share)
        found.append(Point(x + rx * np.cos(angle), y + ry * np.sin(angle)))
    return found


Strokes = list[list[Point]]


class Vary:
    """Where a skeleton gets its style from: each call is one random parameter of `count` digits."""

    def __init__(self, rng: np.random.Generator | None, count: int, amount: float = 1.0) -> None:
        self._rng, self.count, self._amount = rng, count, amount

    def __call__(self, low: float, high: float) -> Number:
        """Values (count,) evenly spread over low..high; without a generator, the middle."""
        middle = (low + high) / 2
        if self._rng is None or self._amount == 0:
            return np.full(self.count, middle, dtype=np.float32)
        spread = self._rng.random(self.count, dtype=np.float32) - np.float32(0.5)
        return np.float32(middle) + np.float32((high - low) * self._amount) * spread


class Curve(NamedTuple):
    """The linear map from a skeleton's points to the pieces of its path."""

    middle: Array
    """(pieces, points): the middle of each piece."""
    step: Array
    """(pieces, points): from its beginning to its end."""
    cap: Array
    """(pieces, 1): 1 at the two ends of each stroke, else 0."""
    stroke: NDArray[np.int64]
    """(pieces,): which stroke a piece belongs to."""


@dataclass(frozen=True)
class Skeleton:
    """One way of writing one digit."""

    digit: int
    share: float
    """How often it is written, relative to the other ways of writing this digit."""
    width: tuple[float, float]
    """Range of width / height."""
    slant: tuple[float, float]
    """Mean and standard deviation of the slant (tangent of the angle, positive to the right)."""
    write: Callable[[Vary], Strokes] = field(repr=False)

    @property
    def name(self) -> str:
        return self.write.__name__

    def points(self, vary: Vary) -> Array:
        """Points (2, points, n) of `vary.count` digits."""
        flat = [p for stroke in self.write(vary) for p in stroke]
        out = np.empty((2, len(flat), vary.count), dtype=np.float32)
        for i, p in enumerate(flat):
            out[0, i], out[1, i] = p.x, p.y
        return out

    @cached_property
    def curve(self) -> Curve:
        """The map from points to pieces, with knots from the middle of the style's range."""
        middle = Vary(None, 1)
        strokes = self.write(middle)
        nominal = self.points(middle)[:, :, 0].astype(np.float64).T
        nominal[:, 0] *= sum(self.width) / 2
        return _curve([[p.sharp for p in s] for s in strokes], nominal)


_ALL: list[Skeleton] = []


def skeleton(
    digit: int, share: float, width: tuple[float, float], slant: tuple[float, float] = (0.12, 0.24)
) -> Callable[[Callable[[Vary], Strokes]], Callable[[Vary], Strokes]]:
    """Decorator: put a way of writing `digit` on the list."""

    def register(write: Callable[[Vary], Strokes]) -> Callable[[Vary], Strokes]:
        _ALL.append(Skeleton(digit, share, width, slant, write))
        return write

    return register


def registered() -> tuple[Skeleton, ...]:
    """All skeletons whose modules have been imported, in that order."""
    return tuple(_ALL)


def _curve(sharp: list[list[bool]], nominal: NDArray[np.float64]) -> Curve:
    runs = list(_runs(sharp))
    every = np.eye(len(nominal))
    paths = [_spline(nominal[a:b], nominal[a:b], _DENSE) for _, a, b in runs]
    # Every fourth place tells the lengths well enough; with all of them one digit would be cut, and look, another way.
    counts = _divide(np.array([_along(path[::4])[-1] for path in paths]), PIECES)
    middle, step, stroke = [], [], []
    for (which, a, b), path, count in zip(runs, paths, counts, strict=True):
        along = _along(path)
        evenly = np.interp(np.linspace(0, along[-1], 2 * count + 1), along, _DENSE)
        at = _spline(nominal[a:b], every[a:b], evenly)
        middle.append(at[1::2])
        step.append(at[2::2] - at[:-1:2])
        stroke += [which] * count
    order = np.array(stroke)
    cap = np.zeros((PIECES, 1), dtype=np.float32)
    cap[np.diff(order, prepend=-1) != 0] += 1
    cap[np.diff(order, append=-1) != 0] += 1
    return Curve(np.concatenate(middle).astype(np.float32), np.concatenate(step).astype(np.float32), cap, order)


def _runs(sharp: list[list[bool]]) -> list[tuple[int, int, int]]:
    """(stroke, first point, one past the last point) of each smooth run between corners."""
    found, first = [], 0
    for which, flags in enumerate(sharp):
        cuts = [0, *[i for i in range(1, len(flags) - 1) if flags[i]], len(flags) - 1]
        found += [(which, first + a, first + b + 1) for a, b in zip(cuts, cuts[1:], strict=False)]
        first += len(flags)
    return found


def _spline(nominal: NDArray[np.float64], points: NDArray[np.float64], at: NDArray[np.float64]) -> NDArray[np.float64]:
    """The curve through `points` (n, any) at `at` (0..1 of the knots, which `nominal` sets) by Barry and Goldman's pyramid."""
    nominal, points = _lengthened(nominal), _lengthened(points)
    gaps = np.sqrt(np.maximum(np.hypot(*(nominal[1:] - nominal[:-1]).T), 1e-6))
    knots = np.concatenate([[0.0], np.cumsum(gaps)])
    t = knots[1] + at * (knots[-2] - knots[1])
    i = np.minimum(np.maximum(np.searchsorted(knots, t, side="right") - 1, 1), len(knots) - 3)

    def mix(low: NDArray[np.float64], high: NDArray[np.float64], a: NDArray[np.int64], b: NDArray[np.int64]) -> Any:
        share = ((t - knots[a]) / (knots[b] - knots[a]))[..., None]
        return low * (1 - share) + high * share

    begin = i + np.array([[-1], [0], [1]])
    three = mix(points[begin], points[begin + 1], begin, begin + 1)
    two = mix(three[:-1], three[1:], begin[:-1], begin[:-1] + 2)
    return mix(two[0], two[1], i, i + 1)  # type: ignore[no-any-return]


def _lengthened(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """One more point at each end, as far as the next one on the other side."""
    return np.concatenate([[2 * points[0] - points[1]], points, [2 * points[-1] - points[-2]]])


def _along(path: NDArray[np.float64]) -> NDArray[np.float64]:
    """How long a path is up to each of its points."""
    return np.concatenate([[0.0], np.cumsum(np.hypot(*(path[1:] - path[:-1]).T))])


def _divide(lengths: NDArray[np.float64], total: int) -> list[int]:
    """Whole numbers in proportion to `lengths`, at least 1 each, that add up to `total`."""
    counts = np.maximum(np.round(lengths / lengths.sum() * total), 1).astype(int)
    while counts.sum() != total:
        off = np.sign(total - counts.sum())
        error = (lengths / lengths.sum() * total - counts) * off
        error[(counts <= 1) & (off < 0)] = -np.inf
        counts[int(np.argmax(error))] += off
    return [int(c) for c in counts]
