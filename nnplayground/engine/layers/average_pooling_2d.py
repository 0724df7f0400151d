from __future__ import annotations

from itertools import product

import numpy as np

from nnplayground.engine.arrays import Array, Binding, Pass, nothing
from nnplayground.engine.layers import layers
from nnplayground.engine.layers._pooling import Pooling
from nnplayground.engine.layers._sliding import Sliding
from nnplayground.text import Text


@layers.register
class AveragePooling2D(Pooling):
    """The mean of the pixels in each window; zeros outside the image do not count."""

    id = "average_pooling2d"
    label = Text("Average pooling", "平均プーリング層")
    formula = "y[c,h,w] = mean x[c, h·s+i, w·s+j]"
    help = Text(
        "Replaces each small window by its mean: a smaller, smoother image.",
        "小さな窓ごとに平均を取ります。画像は小さく、なめらかになります。",
    )
    try_it = Text(
        "Swap it for max pooling and race the two.",
        "最大プーリングと入れ替え、競走させましょう。",
    )
    order = 40

    def bind(self, b: Binding) -> tuple[Pass, Pass]:
        y, down_across = b.y.value, self.windows(b.x.value.shape)
        cells = [(pixels, y[places]) for pixels, places in _cells(b.x.value, *down_across)]
        share = np.zeros((1, *y.shape[1:3], 1), y.dtype)
        for _, places in _cells(b.x.value, *down_across):
            share[places] += 1
        np.divide(1, share, out=share)

        def forward() -> None:
            y.fill(0)
            for pixels, total in cells:
                total += pixels
            np.multiply(y, share, out=y)

        if b.dy is None or b.dx is None:
            return forward, nothing
        dx, dy = b.dx.value, b.dy.value
        part = np.empty_like(dy)
        slopes = [(slope, part[places]) for slope, places in _cells(dx, *down_across)]

        def backward() -> None:
            np.multiply(dy, share, out=part)
            dx.fill(0)
            for slope, its_part in slopes:
                slope += its_part

        return forward, backward


def _cells(image: Array, down: Sliding, across: Sliding) -> list[tuple[Array, tuple[slice, ...]]]:
    """For each cell of the window: the pixels of `image` it meets, and the places where it does."""
    found: list[tuple[Array, tuple[slice, ...]]] = []
    for i, j in product(range(down.width), range(across.width)):
        (rows, high), (columns, wide) = down.seen(i), across.seen(j)
        found.append((image[:, rows, columns], (slice(None), high, wide)))
    return found
