"""Telling ink from paper in a picture: which of the two is dark, how the light falls, what is only dirt."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.resampling import shrink
from nnplayground.text import Problem, Text

Floats = NDArray[np.float64]

MAX_PIXELS = 100_000_000
_SIDE = 160
"""The longer side of the picture that is worked on."""
_FAINT = 0.06
"""What differs less from the paper (in 0..1) is no ink."""
_SPECK = 0.03
"""A spot smaller than this share of the largest piece of ink is dirt."""
_INNER = 0.05
"""A piece of ink at the edge of the picture is not the digit if there is one inside with this share of its area."""


def find_ink(pixels: NDArray[Any], *, inverted: bool = False) -> Floats:
    """How much each place is ink, 0..1, as (height, width) of at most 160 pixels a side; zeros where there is none.

    `pixels`: (height, width) grey, or (height, width, 3 or 4) colour; bytes in 0..255 or numbers in 0..1. Which of the
    two is darker is found out; `inverted` takes it the other way round. Raises `Problem` when that is no picture.
    """
    grey = shrink(to_grey(pixels), _SIDE)
    light = grey if _ink_is_light(grey) != inverted else 1 - grey
    # The paper under a line is as bright as beside it: lines are narrower than a third of the picture.
    window = max(3, max(grey.shape) // 3)
    height = light - _slide(_slide(light, window, np.minimum), window, np.maximum)
    low, high = _levels(height)
    if high - low < _FAINT:
        return np.zeros_like(grey)
    ink: Floats = np.clip((height - low) / (high - low), 0.0, 1.0)
    ink *= _kept(ink > 0.4)
    return ink


def to_grey(pixels: NDArray[Any]) -> Floats:
    """Brightness 0..1 of a picture, transparency over white; raises `Problem` when it is no picture."""
    array = np.asarray(pixels)
    grey_or_colour = array.ndim == 2 or (array.ndim == 3 and array.shape[2] in (3, 4))
    if not grey_or_colour or array.dtype.kind not in "buif" or 0 in array.shape:
        raise Problem(_NOT_A_PICTURE)
    if array.shape[0] * array.shape[1] > MAX_PIXELS:
        raise Problem(_TOO_LARGE.format(size=array.shape[0] * array.shape[1] / 1e6, limit=MAX_PIXELS / 1e6))
    if array.ndim == 2:
        return _unit(array)
    colour = _unit(array)
    grey: Floats = colour[:, :, :3] @ np.array([0.299, 0.587, 0.114])
    if array.shape[2] == 4:
        grey = grey * colour[:, :, 3] + 1 - colour[:, :, 3]
    return grey


def _unit(array: NDArray[Any]) -> Floats:
    """Numbers in 0..1: bytes and other whole numbers by their type's range, floats as they are or by 255."""
    if array.dtype.kind == "b":
        return array.astype(np.float64)
    if array.dtype.kind in "ui":
        return np.clip(array / (np.iinfo(array.dtype).max if array.dtype.itemsize < 4 else 255), 0.0, 1.0)
    if not np.isfinite(array).all():
        raise Problem(_NOT_A_PICTURE)
    return np.clip(array.astype(np.float64) / (255 if array.max() > 1 else 1), 0.0, 1.0)


def _ink_is_light(grey: Floats) -> bool:
    """Whether what stands out from a smooth surface through most of the picture is brighter than it."""
    y, x = (np.linspace(-1, 1, n) for n in grey.shape)
    x, y = (a.ravel() for a in np.meshgrid(x, y))
    surface = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=1)
    values = grey.ravel()
    weight = np.where(np.maximum(abs(x), abs(y)) > 0.9, 4.0, 1.0)
    off = values - np.median(values)
    for _ in range(8):
        spread = np.median(np.abs(off)) + 0.01
        w = weight / (1 + (off / spread) ** 2)
        normal = (surface * w[:, None]).T @ surface + 1e-9 * np.eye(6)
        off = values - surface @ np.linalg.solve(normal, (surface * w[:, None]).T @ values)
    return float((off**3).sum()) >= 0


def _slide(image: NDArray[Any], window: int, either: np.ufunc) -> NDArray[Any]:
    """Minimum or maximum (`either`) over a square window around each pixel, in doubling steps."""
    before, after = window // 2, window - 1 - window // 2
    image = np.pad(image, (before, after), mode="edge")
    width = 1
    while width < window:
        step = min(width, window - width)
        image = either(image[step:], image[:-step])
        image = either(image[:, step:], image[:, :-step])
        width += step
    return image


def _levels(height: Floats) -> tuple[float, float]:
    """Where ink begins and where it is full, from the threshold that parts the two best (Otsu 1979)."""
    values = np.sort(height.ravel())
    count = np.arange(1, len(values))
    below = np.cumsum(values)[:-1]
    low, high = below / count, (values.sum() - below) / (len(values) - count)
    between = count * (len(values) - count) * (high - low) ** 2
    if not len(between) or between.max() <= 0:
        return 0.0, 0.0
    best = int(np.argmax(between))
    paper, ink = float(low[best]), float(high[best])
    return paper + 0.25 * (ink - paper), ink


def _kept(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The part of `mask`, grown by a pixel, that belongs to the digit and is not dirt or the edge of the paper."""
    pieces = _pieces(mask)
    area = np.bincount(pieces[mask])
    if not len(area):
        return mask
    edge = np.concatenate([pieces[0], pieces[-1], pieces[:, 0], pieces[:, -1]])
    inner = area.copy()
    inner[np.unique(edge[edge > 0])] = 0
    if inner.max() >= _INNER * area.max():
        area = inner
    good = area >= max(_SPECK * area.max(), 1)
    return _slide(mask & good[pieces], 3, np.maximum)


def _pieces(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
    """A number for each connected piece of `mask` (8 neighbours), 0 outside."""
    number = np.where(mask, np.arange(1, mask.size + 1).reshape(mask.shape), 0)
    while True:
        wider = np.where(mask, _slide(number, 3, np.maximum), 0)
        if np.array_equal(wider, number):
            break
        number = wider
    names = np.unique(number[mask])
    return np.where(mask, np.searchsorted(names, number) + 1, 0)


_NOT_A_PICTURE = Text(
    "This is not a picture with brightness or colours; choose a PNG or JPEG file of a digit.",
    "明るさや色を持つ画像ではありません。数字の PNG か JPEG ファイルを選んでください。",
)
_TOO_LARGE = Text(
    "The picture has {size:.0f} million pixels, and at most {limit:.0f} million are read; make it smaller.",
    "画像が {size:.0f} 百万ピクセルあります。{limit:.0f} 百万ピクセルまでに縮小してください。",
)
