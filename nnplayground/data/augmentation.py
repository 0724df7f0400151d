"""Training images changed a little, anew each time they are seen: moved, turned, bent, drawn with another pen.

All of the geometry is one matrix product: where a pixel of the new image comes from is a sum of a few fixed fields
(constant, x, y, and smooth bumps for the elastic bending) with random weights for each image.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from nnplayground.registry import Entry, option
from nnplayground.text import Text

Array = NDArray[np.float32]

_SIDE = 28
_BUMPS = 5
"""The elastic field has 5 x 5 smooth bumps."""
_BLOCK = 128
"""Images changed at once: what is worked on stays in the processor's cache."""
_MARGIN = 2
_WIDE = _SIDE + 2 * _MARGIN


def _fields() -> Array:
    """(2 + bumps, 784): x, y (pixels from the middle) and bumps of height 1, the parts of every displacement."""
    place = np.arange(_SIDE) - (_SIDE - 1) / 2
    middle = np.linspace(-11, 11, _BUMPS)
    bump = np.exp(-(((place[None, :] - middle[:, None]) / 4.0) ** 2))
    bumps = bump[:, None, :, None] * bump[None, :, None, :]
    y, x = np.meshgrid(place, place, indexing="ij")
    return np.concatenate([x[None], y[None], bumps.reshape(-1, _SIDE, _SIDE)]).reshape(-1, _SIDE**2).astype(np.float32)


_FIELDS = _fields()


@dataclass(frozen=True)
class Augmentation(Entry):
    """How much a training image may be changed; 0 switches a change off."""

    id: ClassVar[str] = "augmentation"
    label: ClassVar[Text] = Text("Augmentation", "データ拡張")
    help: ClassVar[Text] = Text(
        "Each time an image is seen it is changed a little, so that the network learns the digit and not the image.",
        "画像を見るたびに少しずつ変えて、画像そのものではなく数字の形を学習させます。",
    )

    shift: float = option(1.5, Text("Shift (pixels)", "平行移動（ピクセル）"), low=0, high=6, live=True)
    rotate: float = option(12.0, Text("Rotate (degrees)", "回転（度）"), low=0, high=45, live=True)
    scale: float = option(0.12, Text("Scale (share)", "拡大・縮小（割合）"), low=0, high=0.5, live=True)
    shear: float = option(0.2, Text("Shear", "せん断（傾斜）"), low=0, high=0.6, live=True)
    elastic: float = option(1.0, Text("Elastic (pixels)", "弾性変形（ピクセル）"), low=0, high=4, live=True)
    pen: float = option(0.5, Text("Pen width (pixels)", "線の太さ（ピクセル）"), low=0, high=1, live=True)
    noise: float = option(0.0, Text("Noise", "ノイズ"), low=0, high=0.5, live=True)

    def apply(self, images: Array, rng: np.random.Generator) -> Array:
        """New images (n, 28, 28) float32 in 0..1 from `images` of the same shape; the same `rng`, the same images."""
        n = len(images)
        pen = self._uniform(rng, self.pen, n)
        weights = self._weights(rng, n)
        out = np.empty((n, _SIDE, _SIDE), dtype=np.float32)
        for i in range(0, n, _BLOCK):
            block = slice(i, i + _BLOCK)
            padded = np.zeros((len(pen[block]), _WIDE, _WIDE), dtype=np.float32)
            padded[:, _MARGIN:-_MARGIN, _MARGIN:-_MARGIN] = images[block]
            if self.pen:
                _redraw(padded, pen[block])
            _gather(padded, weights[:, block], out[block])
        if self.noise:
            out += np.float32(self.noise) * rng.standard_normal(out.shape, dtype=np.float32)
            np.clip(out, 0.0, 1.0, out=out)
        return out

    @staticmethod
    def _uniform(rng: np.random.Generator, most: float, *shape: int) -> Array:
        return np.float32(2 * most) * (rng.random(shape, dtype=np.float32) - np.float32(0.5))

    def _weights(self, rng: np.random.Generator, n: int) -> Array:
        """(2, n, 3 + bumps): where each image's x and y come from, as weights of 1 and of the fields."""
        angle = np.deg2rad(self._uniform(rng, self.rotate, n))
        size = np.exp(self._uniform(rng, self.scale, 2, n))
        slant = self._uniform(rng, self.shear, n)
        cos, sin = np.cos(angle), np.sin(angle)
        weights = np.empty((2, n, 3 + _BUMPS**2), dtype=np.float32)
        weights[:, :, 0] = self._uniform(rng, self.shift, 2, n)
        weights[0, :, 1], weights[0, :, 2] = size[0] * cos, size[0] * (slant * cos - sin)
        weights[1, :, 1], weights[1, :, 2] = size[1] * sin, size[1] * (slant * sin + cos)
        weights[:, :, 3:] = self._uniform(rng, 1.5 * self.elastic, 2, n, _BUMPS**2) if self.elastic else 0
        return weights


def _redraw(padded: Array, pen: Array) -> None:
    """Widen (pen > 0) or thin (pen < 0) the ink of padded images (n, 32, 32) by up to one pixel, in place."""
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


def _gather(padded: Array, weights: Array, out: Array) -> None:
    """Bilinear interpolation of padded images at the places given by `weights` (2, n, fields), into `out`."""
    n = len(out)
    place = weights[:, :, 1:] @ _FIELDS
    place += weights[:, :, :1] + np.float32((_WIDE - 1) / 2)
    np.clip(place, 0, np.float32(_WIDE - 1.001), out=place)
    whole = place.astype(np.int32)
    place -= whole
    index = whole[1]
    index *= _WIDE
    index += whole[0]
    index += (np.arange(n, dtype=np.int32) * _WIDE * _WIDE)[:, None]
    flat = padded.reshape(-1)
    x, y = place
    left, right = flat.take(index), flat[1:].take(index)
    upper = left + x * (right - left)
    left, right = flat[_WIDE:].take(index), flat[_WIDE + 1 :].take(index)
    lower = left + x * (right - left)
    lower -= upper
    lower *= y
    np.add(upper, lower, out=out.reshape(n, -1))
