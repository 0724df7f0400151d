from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.engine.arrays import Binding, Pass, nothing
from nnplayground.engine.layers import layers
from nnplayground.engine.layers._pooling import Pooling
from nnplayground.text import Text


@layers.register
@dataclass(frozen=True)
class MaxPooling2D(Pooling):
    """The largest value in each window; the gradient goes to the first cell that has it."""

    id = "max_pooling2d"
    label = Text("Max pooling", "最大プーリング層")
    formula = "y[c,h,w] = max x[c, h·s+i, w·s+j]"
    help = Text(
        "Keeps the largest value of each small window: a smaller image that says whether a pattern is near, not just where.",
        "小さな窓ごとに最大の値だけを残します。画像は小さくなり、模様の位置が少しずれても結果が変わりにくくなります。",
    )
    order = 30

    def bind(self, b: Binding) -> tuple[Pass, Pass]:
        y, cells = b.y.value, self.cells(b.x.value)
        (first, _), others = cells[0], [(view, y[places]) for view, places in cells[1:]]

        def forward() -> None:
            np.copyto(y, first)
            for view, largest in others:
                np.maximum(largest, view, out=largest)

        if b.dy is None or b.dx is None:
            return forward, nothing
        dx, dy = b.dx.value, b.dy.value
        unclaimed, winners = np.empty_like(dy), np.empty(y.shape, bool)
        gradients = [
            (view, slope, y[places], unclaimed[places], winners[places])
            for (view, places), (slope, _) in zip(cells, self.cells(dx), strict=True)
        ]
        part = np.empty_like(dy)

        def backward() -> None:
            dx.fill(0)
            np.copyto(unclaimed, dy)
            for view, slope, largest, left, wins in gradients:
                share = part[:, : wins.shape[1], : wins.shape[2]]
                np.equal(view, largest, out=wins)
                np.multiply(left, wins, out=share)
                left -= share
                slope += share

        return forward, backward
