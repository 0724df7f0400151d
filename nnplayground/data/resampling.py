"""Images at other sizes and places, by two small matrices: one for the rows, one for the columns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def weights(count: int, scale: float, shift: float, size: int) -> Floats:
    """(size, count): shares of `count` pixels in `size` new ones, when pixel places p go to p * scale + shift.

    Smaller: a new pixel is the mean over its area. Larger: linear interpolation. Outside there is nothing.
    """
    place = (np.arange(count) + 0.5) * scale + shift
    new = np.arange(size)[:, None]
    if scale < 1:
        low, high = place - scale / 2, place + scale / 2
        share: Floats = np.maximum(np.minimum(high, new + 1) - np.maximum(low, new), 0.0)
    else:
        share = np.maximum(1 - np.abs(new + 0.5 - place) / scale, 0.0)
    return share


def resample(image: Floats, scale: float, shift: tuple[float, float], size: tuple[int, int]) -> Floats:
    """`image` (height, width) at `scale`, with its corner moved to `shift` (x, y), in a frame (height, width)."""
    rows = weights(image.shape[0], scale, shift[1], size[0])
    columns = weights(image.shape[1], scale, shift[0], size[1])
    return rows @ image @ columns.T


def shrink(image: Floats, side: int) -> Floats:
    """`image` with at most `side` pixels on each side, in proportion as far as there is a pixel left."""
    longest = max(image.shape)
    if longest <= side:
        return image
    for axis in (0, 1):
        count = image.shape[axis]
        size = max(1, round(count * side / longest))
        image = np.moveaxis(_means(np.moveaxis(image, axis, 0), size), 0, axis)
    return image


def _means(image: Floats, size: int) -> Floats:
    """Means of `size` equal parts of the rows; a part's bounds are whole rows."""
    starts = np.arange(size) * len(image) // size
    counts = np.diff(starts, append=len(image))
    mean: Floats = np.add.reduceat(image, starts, axis=0) / counts[:, None]
    return mean
