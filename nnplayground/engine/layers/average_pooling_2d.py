from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.engine.arrays import Binding, Pass, nothing
from nnplayground.engine.layers import layers
from nnplayground.engine.layers._pooling import Pooling
from nnplayground.text import Text


@layers.register
@dataclass(frozen=True)
class AveragePooling2D(Pooling):
    """The mean of the pixels in each window; zeros outside the image do not count."""

    id = "average_pooling2d"
    label = Text("Average pooling", "平均プーリング層")
    formula = "y[c,h,w] = mean x[c, h·s+i, w·s+j]"
    help = Text(
        "Replaces each small window by its mean: a smaller, smoother image.",
        "小さな窓ごとに平均を取ります。画像は小さく、なめらかになります。",
    )
    order = 40

    def bind(self, b: Binding) -> tuple[Pass, Pass]:
        y = b.y.value
        cells = [(view, y[places]) for view, places in self.cells(b.x.value)]
        share = np.zeros((1, *y.shape[1:3], 1), y.dtype)
        for _, places in self.cells(b.x.value):
            share[places] += 1
        np.divide(1, share, out=share)

        def forward() -> None:
            y.fill(0)
            for view, total in cells:
                total += view
            np.multiply(y, share, out=y)

        if b.dy is None or b.dx is None:
            return forward, nothing
        dx, dy = b.dx.value, b.dy.value
        part = np.empty_like(dy)
        slopes = [(slope, part[places]) for slope, places in self.cells(dx)]

        def backward() -> None:
            np.multiply(dy, share, out=part)
            dx.fill(0)
            for slope, its_part in slopes:
                slope += its_part

        return forward, backward
