"""Ink for many digits at once.

Each piece of a path leaves a Gaussian spot, and the sum of the spots tells how far a pixel is from the path. A Gaussian
of x and y is a product of two, so the sum over all pieces of a digit is one matrix product, (28, pieces) by
(pieces, 28), and a batch of digits is one batched product. The exponents, squares of (pixel - place), are products too:
(1, pixel, pixel^2) by what belongs to the piece.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

_BLOCK = 128
"""Digits drawn at once. Fewer lie better in the cache of the processor, but more calls may each wait for the window."""
_FAINT = np.float32(1e-12)
_FAR = np.float32(-30)
"""Lowest exponent: as good as 0, and no product of two gets near the slow denormal numbers."""
_MIDDLE = np.float32(14)
_PIXELS = np.arange(28, dtype=np.float32) + np.float32(0.5) - _MIDDLE
_POWERS = np.stack([np.ones(28, np.float32), _PIXELS, _PIXELS**2])


def draw(
    x: Array, y: Array, weight: Array, cap: Array, radius: Array, softness: Array, out: NDArray[Any],
    rows: NDArray[np.intp],
) -> None:  # fmt: skip
    """Draw digit i into `out[rows[i]]`; `out` is (n, 28, 28), float32 in 0..1 or uint8 in 0..255.

    x, y: (pieces, n) middle of each piece in pixels; weight: (pieces, n) length times pressure; cap: (pieces, n) share
    of a round end; radius, softness: (n,) half the pen's width and the width of the soft edge in pixels.

    Beside a straight line the spots add up to exp(-distance^2 / 2 sigma^2), from which the distance is found again.
    """
    sigma = np.maximum(radius / np.float32(1.9), np.float32(0.72))
    height = weight / (sigma * np.float32(np.sqrt(2 * np.pi))) + np.float32(0.5) * cap
    height = np.log(np.maximum(height, _FAINT))
    sharp = np.float32(0.5) / sigma**2
    unit = (-2 * (sigma / softness) ** 2)[:, None, None]
    edge = (np.float32(0.5) + radius / softness)[:, None, None]
    for i in range(0, x.shape[1], _BLOCK):
        block = slice(i, i + _BLOCK)
        down = _spots(y[:, block], sharp[block], height[:, block])
        across = _spots(x[:, block], sharp[block])
        image = down.transpose(0, 2, 1) @ across
        np.clip(image, _FAINT, 1.0, out=image)
        np.log(image, out=image)
        image *= unit[block]
        np.sqrt(image, out=image)
        np.subtract(edge[block], image, out=image)
        np.clip(image, 0.0, 1.0, out=image)
        if out.dtype != np.float32:
            image *= 255
            np.rint(image, out=image)
        out[rows[block]] = image


def _spots(place: Array, sharp: Array, height: Array | float = 0.0) -> Array:
    """exp(height - sharp * (pixel - place)^2) as (n, pieces, 28), from arrays (pieces, n) and `sharp` (n,)."""
    place = place - _MIDDLE
    pieces = np.empty((*place.shape[::-1], 3), np.float32)
    pieces[:, :, 0] = (height - sharp * place**2).T
    pieces[:, :, 1] = (2 * sharp * place).T
    pieces[:, :, 2] = -sharp[:, None]
    spots = pieces.reshape(-1, 3) @ _POWERS
    np.maximum(spots, _FAR, out=spots)
    np.exp(spots, out=spots)
    return spots.reshape(*pieces.shape[:2], 28)
