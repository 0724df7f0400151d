"""Ink for many digits at once.

Each piece of a path leaves a Gaussian spot; the sum of the spots, where it is above a threshold, is ink. A Gaussian
of x and y is a product of two, so the sum over all pieces of a digit is one matrix product, (28, pieces) by
(pieces, 28), and a batch of digits is one batched product.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

_BLOCK = 32
"""Digits drawn at once: their spots stay in the processor's cache."""
_FAINT = np.float32(1e-12)


def draw(x: Array, y: Array, weight: Array, cap: Array, radius: Array, softness: Array, out: Array) -> None:
    """Draw digits into `out` (n, 28, 28), 0..1.

    x, y: (pieces, n) middle of each piece in pixels; weight: (pieces, n) length times pressure; cap: (pieces, n) share
    of a round end; radius, softness: (n,) half the pen's width and the width of the soft edge in pixels.

    Beside a straight line the spots add up to exp(-distance^2 / 2 sigma^2), from which the distance is found again.
    """
    sigma = np.maximum(radius / np.float32(1.9), np.float32(0.72))
    height = weight / (sigma * np.float32(np.sqrt(2 * np.pi))) + np.float32(0.5) * cap
    sharp = np.float32(np.sqrt(0.5)) / sigma
    unit = -2 * (sigma / softness) ** 2
    edge = np.float32(0.5) + radius / softness
    grid = np.arange(28, dtype=np.float32) + np.float32(0.5)
    for i in range(0, x.shape[1], _BLOCK):
        block = slice(i, i + _BLOCK)
        across = _spots(x[:, block], sharp[block], grid)
        down = _spots(y[:, block], sharp[block], grid)
        down *= height[:, block].T[:, :, None]
        image = out[block]
        np.matmul(down.transpose(0, 2, 1), across, out=image)
        np.clip(image, _FAINT, 1.0, out=image)
        np.log(image, out=image)
        image *= unit[block, None, None]
        np.sqrt(image, out=image)
        np.subtract(edge[block, None, None], image, out=image)
        np.clip(image, 0.0, 1.0, out=image)


def _spots(place: Array, sharp: Array, grid: Array) -> Array:
    """exp(-(grid - place)^2 / 2 sigma^2) as (n, pieces, 28); far away as good as 0, but never a slow denormal number."""
    spots: Array = grid * sharp[:, None, None] - (place * sharp).T[:, :, None]
    np.multiply(spots, spots, out=spots)
    np.minimum(spots, np.float32(30), out=spots)
    np.negative(spots, out=spots)
    np.exp(spots, out=spots)
    return spots
