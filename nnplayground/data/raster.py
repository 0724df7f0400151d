"""Ink from pen paths: each pixel is as bright as it is near to the path.

The distance is taken to the segments between the points, not to the points, so that a fast pen (few
points) and a slow one (many) leave the same ink.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_BLOCK = 1 << 13
"""Pieces drawn at once; bounds the memory of a path of any length."""


class Path(NamedTuple):
    """A pen's path in pixels, cut into pieces no longer than one pixel; a dot is a piece of no length."""

    start: Floats
    """(n, 2): where each piece begins, (x, y)."""
    step: Floats
    """(n, 2): from there to where it ends."""

    def moved(self, shift: Floats) -> Path:
        """The same path moved by (x, y)."""
        return Path(self.start + shift, self.step)


def path(strokes: list[Floats], size: int = 28) -> Path:
    """The pieces of `strokes`, each (n, 2) with (x, y) in pixels, for a frame of `size` pixels.

    Points further than three frames away are drawn there, which bounds the number of pieces.
    """
    points = np.clip(np.concatenate(strokes), -3.0 * size, 4.0 * size)
    last = np.zeros(len(points), dtype=bool)
    last[np.cumsum([len(s) for s in strokes]) - 1] = True
    step = np.zeros_like(points)
    step[:-1] = points[1:] - points[:-1]
    step[last] = 0.0
    alone = last.copy()
    alone[1:] &= last[:-1]
    keep = ~last | alone
    return _cut(points[keep], step[keep])


def _cut(start: Floats, step: Floats) -> Path:
    count = np.maximum(np.ceil(np.hypot(step[:, 0], step[:, 1])), 1.0).astype(np.int64)
    if count.max() == 1:
        return Path(start, step)
    which = np.repeat(np.arange(len(count)), count)
    part = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    small = (step / count[:, None])[which]
    return Path(start[which] + small * part[:, None], small)


def draw(ink: Path, pen: float, size: int = 28) -> NDArray[np.float32]:
    """Draw a path with a round pen `pen` pixels wide into a frame with its corner at (0, 0).

    Returns (size, size) float32 in 0..1, row = y. Antialiased: brightness falls from 1 to 0 over the one pixel
    around the edge of the ink. Ink outside of the frame is left out.
    """
    reach = pen / 2 + 0.5
    window = int(np.ceil(1.0 + 2 * reach)) + 1
    side = size + 2 * window
    nearest = np.full(side * side, reach * reach)
    for i in range(0, len(ink.start), _BLOCK):
        _near(nearest, ink.start[i : i + _BLOCK], ink.step[i : i + _BLOCK], window, side, reach)
    framed = nearest.reshape(side, side)[window:-window, window:-window]
    image: NDArray[np.float32] = np.clip(reach - np.sqrt(framed), 0.0, 1.0).astype(np.float32)
    return image


def _near(nearest: Floats, start: Floats, step: Floats, window: int, side: int, reach: float) -> None:
    """Lower the squared distances `nearest` (side * side,) in the window of pixels around each piece."""
    corner = np.clip(np.floor(start + np.minimum(step, 0.0) - reach), -window, side - 2 * window)
    place = corner[:, :, None] + np.arange(window)
    d = place + (0.5 - start[:, :, None])
    x, y = d[:, 0, None, :], d[:, 1, :, None]
    sx, sy = step[:, 0, None, None], step[:, 1, None, None]
    along = (x * sx + y * sy) / np.maximum(sx * sx + sy * sy, 1e-18)
    np.clip(along, 0.0, 1.0, out=along)
    square = (x - along * sx) ** 2 + (y - along * sy) ** 2
    index = place.astype(np.int64) + window
    np.minimum.at(nearest, (index[:, 1, :, None] * side + index[:, 0, None, :]).ravel(), square.ravel())
