"""The largest value in a window that slides along one axis, and the way back to the pixel it came from."""

from __future__ import annotations

import numpy as np

from nnplayground.engine.arrays import Array, Pass
from nnplayground.engine.layers._sliding import Sliding


def cells_along(image: Array, axis: int, window: Sliding) -> list[tuple[Array, tuple[slice, ...]]]:
    """For each cell of the window: the pixels it meets, and the places where it does; first one that has all places."""
    before = (slice(None),) * axis
    offsets = sorted(range(window.width), key=lambda offset: offset != window.before)
    return [(image[(*before, cells)], (*before, places)) for cells, places in map(window.seen, offsets)]


def maximum_along(image: Array, largest: Array, axis: int, window: Sliding) -> Pass:
    """A pass that writes the maxima of `image` to `largest`."""
    (first, _), (second, places), *others = cells_along(image, axis, window)
    rest = [(pixels, largest[place]) for pixels, place in others]
    if second.shape != first.shape:
        rest.insert(0, (second, largest[places]))
        second = first

    def forward() -> None:
        np.maximum(first, second, out=largest)
        for pixels, found in rest:
            np.maximum(found, pixels, out=found)

    return forward


def slope_along(image: Array, largest: Array, slope: Array, to: Array, axis: int, window: Sliding) -> Pass:
    """A pass that hands the `slope` of each maximum to the first pixel that has its value, in `to`."""
    tiles = window.stride == window.width and window.places * window.stride == image.shape[axis]
    return (_tiled if tiles else _overlapping)(image, largest, slope, to, axis, window)


def _tiled(image: Array, largest: Array, slope: Array, to: Array, axis: int, window: Sliding) -> Pass:
    """Every pixel is in one window: each gets what the window's pixels before it have left."""
    pixels = [cells for cells, _ in cells_along(image, axis, window)]
    *shares, last = [cells for cells, _ in cells_along(to, axis, window)]
    wins = np.empty(slope.shape, bool)
    left = [np.empty_like(slope)] * (len(shares) - 1) + [last]

    def backward() -> None:
        available = slope
        for cells, share, rest in zip(pixels, shares, left, strict=False):
            np.equal(cells, largest, out=wins)
            np.multiply(available, wins, out=share)
            np.subtract(available, share, out=rest)
            available = rest

    return backward


def _overlapping(image: Array, largest: Array, slope: Array, to: Array, axis: int, window: Sliding) -> Pass:
    """A pixel may be in several windows, or in none."""
    left, wins, part = np.empty_like(slope), np.empty(slope.shape, bool), np.empty_like(slope)
    cells = [
        (pixels, largest[places], left[places], wins[places], part[places], target)
        for (pixels, places), (target, _) in zip(
            cells_along(image, axis, window), cells_along(to, axis, window), strict=True
        )
    ]

    def backward() -> None:
        to.fill(0)
        np.copyto(left, slope)
        for pixels, found, rest, its_wins, share, target in cells:
            np.equal(pixels, found, out=its_wins)
            np.multiply(rest, its_wins, out=share)
            np.subtract(rest, share, out=rest)
            np.add(target, share, out=target)

    return backward
