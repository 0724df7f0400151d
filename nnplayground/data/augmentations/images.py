from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.data.augmentations import Augmentation, augmentations
from nnplayground.data.augmentations._warp import BUMPS, FIELDS, Single, warp
from nnplayground.engine.arrays import Array, Shape
from nnplayground.registry import option
from nnplayground.text import Text

_BLOCK = 64
"""Images changed at once: what is worked on stays in the processor's cache."""


@augmentations.register
@dataclass(frozen=True)
class Images(Augmentation):
    """Each image is moved, turned, scaled, slanted, bent and redrawn at random; 0 switches a change off."""

    id = "images"
    formula = "x′ = T(x)"
    label = Text("Images: move, turn, bend", "画像（移動・回転・変形）")
    help = Text(
        "Each time an image is seen it is changed a little, so that the network learns the digit and not the image.",
        "画像を見るたびに少しずつ変えて、画像そのものではなく数字の形を学習させます。",
    )
    try_it = Text(
        "Drag one amount up in “Augmentation” until you cannot read the digits yourself.",
        "「データ拡張」で量を 1 つ上げ、自分でも数字を読めなくなる所を探しましょう。",
    )
    order = 20

    shift: float = option(1.5, Text("Shift (pixels)", "平行移動（ピクセル）"), low=0, high=6, live=True)
    rotate: float = option(12.0, Text("Rotate (degrees)", "回転（度）"), low=0, high=45, live=True)
    scale: float = option(0.12, Text("Scale (share)", "拡大・縮小（割合）"), low=0, high=0.5, live=True)
    shear: float = option(0.2, Text("Shear", "せん断（傾斜）"), low=0, high=0.6, live=True)
    elastic: float = option(1.0, Text("Elastic (pixels)", "弾性変形（ピクセル）"), low=0, high=4, live=True)
    pen: float = option(0.5, Text("Pen width (pixels)", "線の太さ（ピクセル）"), low=0, high=1, live=True)
    noise: float = option(0.0, Text("Noise", "ノイズ"), low=0, high=0.5, live=True)

    def fits(self, shape: Shape) -> bool:
        return len(shape) == 3

    def apply(self, rows: Array, shape: Shape, rng: np.random.Generator) -> None:
        channels, height, width = shape
        weights = self._weights(rng, len(rows))
        pen = _spread(rng, self.pen, len(rows)) if self.pen else None
        for i in range(0, len(rows), _BLOCK):
            part = slice(i, i + _BLOCK)
            images = rows[part].reshape(-1, channels, height, width)
            for channel in range(channels):
                images[:, channel] = warp(images[:, channel], weights[:, part], None if pen is None else pen[part])
            rows[part] = images.reshape(len(images), -1)
        if self.noise:
            rows += self.noise * rng.standard_normal(rows.shape, dtype=np.float32)
            np.clip(rows, 0.0, 1.0, out=rows)

    def _weights(self, rng: np.random.Generator, n: int) -> Single:
        """(2, n, fields): where each image's pixels come from."""
        angle = np.deg2rad(_spread(rng, self.rotate, n))
        size = np.exp(_spread(rng, self.scale, 2, n))
        slant = _spread(rng, self.shear, n)
        cos, sin = np.cos(angle), np.sin(angle)
        weights = np.zeros((2, n, FIELDS), np.float32)
        weights[:, :, 0] = _spread(rng, self.shift, 2, n)
        weights[0, :, 1], weights[0, :, 2] = size[0] * cos, size[0] * (slant * cos - sin)
        weights[1, :, 1], weights[1, :, 2] = size[1] * sin, size[1] * (slant * sin + cos)
        if self.elastic:
            weights[:, :, 3:] = _spread(rng, 1.5 * self.elastic, 2, n, BUMPS)
        return weights


def _spread(rng: np.random.Generator, most: float, *shape: int) -> Single:
    """Numbers evenly spread over -most..most."""
    return np.float32(2 * most) * (rng.random(shape, dtype=np.float32) - np.float32(0.5))
