"""What is inside a node, as numbers of the colour table: the response over the plane or a line, weights, or one value."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.arrays import Array

Bytes = NDArray[np.uint8]
STROKE = 0.8
"""Half the width of a curve in pixels."""


def to_bytes(values: Array) -> Bytes:
    """-1..1 as entries of the theme's diverging table."""
    found: Bytes = (np.fmax(np.fmin(values, 1.0), -1.0) * 127.5 + 127.5).astype(np.uint8)
    return found


def maps(images: Array, side: int) -> Bytes:
    """Images (n, height, width) in -1..1, row 0 lowest, as (n, side, side) entries, row 0 highest."""
    rows, columns = _between(images.shape[1], side), _between(images.shape[2], side)
    with np.errstate(all="ignore"):
        return to_bytes((rows @ images @ columns.T)[:, ::-1])


def curves(values: Array, side: int) -> Bytes:
    """Curves (n, points) in -1..1 as (n, side, side) entries of a table from paper to ink."""
    with np.errstate(all="ignore"):
        ends = np.clip(np.nan_to_num(values), -1, 1) @ _between(values.shape[1], side + 1).T
    height = (1 - ends) / 2 * (side - 2) + 0.5  # in rows, counted from the top
    middle, reach = (height[:, 1:] + height[:, :-1]) / 2, np.abs(np.diff(height, axis=1)) / 2
    away = np.abs(np.arange(side)[:, None] - middle[:, None, :])
    found: Bytes = (np.clip(STROKE + 0.5 + reach[:, None, :] - away, 0, 1) * 255).astype(np.uint8)
    return found


@lru_cache(maxsize=32)
def _between(points: int, side: int) -> Array:
    """(side, points): each row mixes the two points that a pixel lies between."""
    place = np.clip((np.arange(side) + 0.5) * points / side - 0.5, 0, points - 1)
    low = np.minimum(place.astype(int), max(points - 2, 0))
    found = np.zeros((side, points), np.float32)
    np.add.at(found, (np.arange(side), low), 1 - (place - low))
    np.add.at(found, (np.arange(side), np.minimum(low + 1, points - 1)), place - low)
    return found
