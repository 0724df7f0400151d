"""Ink from pen paths: each pixel is as bright as it is near to the path.

The distance is taken to the segments between the points, not to the points, so that a fast pen (few
points) and a slow one (many) leave the same ink.
"""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_BLOCK = 1 << 13
"""Pieces drawn at once; bounds the memory of a path of any length."""
_LONGEST = 2.0
"""Pixels of a piece: longer ones are cut, or most of the pixels in the square around a slanting one would be far away."""


class Path(NamedTuple):
    """A pen's path in pixels, cut into pieces no longer than two pixels; a dot is a piece of no length."""

    start: Floats
    """(2, n), x and y: where each piece begins."""
    step: Floats
    """(2, n): from there to where it ends."""

    def moved(self, shift: Floats) -> Path:
        """The same path moved by `shift`, (x, y)."""
        return Path(self.start + shift[:, None], self.step)


def path(strokes: list[Floats], size: int = 28) -> Path:
    """The pieces of `strokes`, each (n, 2) with (x, y) in pixels, for a frame of `size` pixels.

    Points further than three frames away are drawn there, which bounds the number of pieces.
    """
    points = np.concatenate([s.T for s in strokes], axis=1)
    np.maximum(points, -3.0 * size, out=points)
    np.minimum(points, 4.0 * size, out=points)
    step = points[:, 1:] - points[:, :-1]
    if len(strokes) == 1 and step.size:
        return _cut(points[:, :-1], step)
    ends = np.array(list(accumulate(map(len, strokes)))) - 1
    step = np.concatenate([step, np.zeros((2, 1))], axis=1)
    step[:, ends] = 0.0
    begins_piece = np.ones(points.shape[1], dtype=bool)
    begins_piece[ends] = [len(s) == 1 for s in strokes]
    return _cut(points[:, begins_piece], step[:, begins_piece])


def _cut(start: Floats, step: Floats) -> Path:
    count = np.maximum(np.ceil(np.hypot(*step) / _LONGEST), 1.0).astype(np.int64)
    if count.max() == 1:
        return Path(start, step)
    which = np.repeat(np.arange(len(count)), count)
    part = np.arange(len(which)) - (np.cumsum(count) - count)[which]
    small = (step / count)[:, which]
    return Path(start[:, which] + small * part, small)


def draw(ink: Path, pen: float, size: int = 28) -> NDArray[np.float32]:
    """Draw a path with a round pen `pen` pixels wide into a frame with its corner at (0, 0).

    Returns (size, size) float32 in 0..1, row = y. Antialiased: brightness falls from 1 to 0 over the one pixel
    around the edge of the ink. Ink outside of the frame is left out.
    """
    reach = pen / 2 + 0.5
    window = int(np.abs(ink.step).max(initial=0.0) + 2 * reach) + 1
    side = size + 2 * window
    nearest = np.full(side * side, reach * reach)
    for i in range(0, ink.start.shape[1], _BLOCK):
        _near(nearest, ink.start[:, i : i + _BLOCK], ink.step[:, i : i + _BLOCK], window, side, reach)
    framed = nearest.reshape(side, side)[window:-window, window:-window]
    brightness = np.subtract(reach, np.sqrt(framed))
    image: NDArray[np.float32] = np.minimum(np.maximum(brightness, 0.0), 1.0).astype(np.float32)
    return image


def _near(nearest: Floats, start: Floats, step: Floats, window: int, side: int, reach: float) -> None:
    """Lower the squared distances `nearest` (side * side,) in the window of pixels around each piece.

    Pieces lie on the last axis of all arrays, (x or y, pixels, n) or (y, x, n): long rows are quick.
    """
    corner = np.ceil(start + np.minimum(step, 0.0) - (reach + 0.5))
    corner = np.minimum(np.maximum(corner, -window), side - 2 * window)
    place = corner[:, None] + np.arange(window)[:, None]
    d = place + (0.5 - start)[:, None]
    ahead = d * step[:, None]
    along = ahead[0] + ahead[1][:, None]
    along /= np.maximum(np.square(step).sum(axis=0), 1e-18)
    np.maximum(along, 0.0, out=along)
    np.minimum(along, 1.0, out=along)
    square = np.square(d[0] - along * step[0])
    along *= step[1]
    np.subtract(d[1][:, None], along, out=along)
    square += np.square(along, out=along)
    column, row = place.astype(np.int64) + window
    np.minimum.at(nearest, (row[:, None] * side + column).ravel(), square.ravel())
