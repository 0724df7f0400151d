"""Many images bent at once.

All of the geometry is one matrix product: where a pixel of the new image comes from is a sum of a few fixed fields
(constant, x, y, and smooth bumps for elastic bending) with its own weights for each image.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

Single = NDArray[np.float32]

BUMPS = 25
"""Number of smooth bumps, spread evenly over the image."""
FIELDS = 3 + BUMPS
_MARGIN = 2


@functools.cache
def fields(height: int, width: int) -> Single:
    """(fields, height * width): 1, x and y in pixels from the middle, and bumps of height 1."""
    side = round(BUMPS**0.5)
    axes = []
    for size in (height, width):
        place = np.arange(size) - (size - 1) / 2
        middle = np.linspace(-0.4, 0.4, side) * size
        axes.append((place, np.exp(-(((place - middle[:, None]) / (size / 7)) ** 2))))
    (y, down), (x, across) = axes
    plane = [np.ones((height, width)), np.broadcast_to(x, (height, width)), np.repeat(y, width).reshape(height, width)]
    bumps = (down[:, None, :, None] * across[None, :, None, :]).reshape(BUMPS, height, width)
    return np.concatenate([plane, bumps]).reshape(FIELDS, -1).astype(np.float32)


def warp(images: Single, weights: Single, pen: Single | None = None) -> Single:
    """New images from `images` (n, height, width); nothing is outside of them.

    weights: (2, n, fields), pixel places x and y from the middle, at which the new pixels are looked up.
    pen: (n,), by how many pixels (-1..1) the ink is made wider first.
    """
    n, height, width = images.shape
    padded = np.zeros((n, height + 2 * _MARGIN, width + 2 * _MARGIN), np.float32)
    padded[:, _MARGIN:-_MARGIN, _MARGIN:-_MARGIN] = images
    if pen is not None:
        redraw(padded, pen)
    place = weights @ fields(height, width)
    middle = np.array([width - 1, height - 1], np.float32) / 2 + _MARGIN
    place += middle[:, None, None]
    np.clip(place, 0, 2 * middle[:, None, None] - np.float32(0.01), out=place)
    return _look_up(padded, place).reshape(images.shape)


def redraw(padded: Single, pen: Single) -> None:
    """Widen (pen > 0) or thin (pen < 0) light ink by up to one pixel, in place."""
    sign = np.where(pen < 0, np.float32(-1), np.float32(1))[:, None, None]
    padded *= sign
    wider = padded.copy()
    np.maximum(wider[:, 1:], padded[:, :-1], out=wider[:, 1:])
    np.maximum(wider[:, :-1], padded[:, 1:], out=wider[:, :-1])
    np.maximum(wider[:, :, 1:], padded[:, :, :-1], out=wider[:, :, 1:])
    np.maximum(wider[:, :, :-1], padded[:, :, 1:], out=wider[:, :, :-1])
    wider -= padded
    wider *= np.abs(pen)[:, None, None]
    padded += wider
    padded *= sign


def _look_up(padded: Single, place: Single) -> Single:
    """Bilinear interpolation at `place` (2, n, pixels), x and y in padded pixels; (n, pixels)."""
    n, height, width = padded.shape
    whole = place.astype(np.int32)
    place -= whole
    whole[1] *= width
    whole[1] += whole[0]
    index = whole[1].astype(np.intp)
    index += (np.arange(n) * (height * width))[:, None]
    flat = padded.reshape(-1)
    upper = _mix(flat.take(index), flat[1:].take(index), place[0])
    lower = _mix(flat[width:].take(index), flat[width + 1 :].take(index), place[0])
    return _mix(upper, lower, place[1])


def _mix(a: Single, b: Single, share: Single) -> Single:
    """a + share * (b - a), in the memory of `b`."""
    b -= a
    b *= share
    b += a
    return b
