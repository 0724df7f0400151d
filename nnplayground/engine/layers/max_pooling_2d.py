from __future__ import annotations

import numpy as np

from nnplayground.engine.arrays import Binding, InTurn, Pass, nothing
from nnplayground.engine.layers import layers
from nnplayground.engine.layers._maximum import maximum_along, slope_along
from nnplayground.engine.layers._pooling import Pooling
from nnplayground.text import Text


@layers.register
class MaxPooling2D(Pooling):
    """The largest value in each window; the gradient goes to the first cell that has it."""

    id = "max_pooling2d"
    label = Text("Max pooling", "最大プーリング層")
    formula = "y[c,h,w] = max x[c, h·s+i, w·s+j]"
    help = Text(
        "Keeps the largest value of each small window: a smaller image that says whether a pattern is near, not just where.",
        "小さな窓ごとに最大の値だけを残します。画像は小さくなり、模様の位置が少しずれても結果が変わりにくくなります。",
    )
    try_it = Text(
        "Draw a digit, shift it a little, and compare the feature maps behind this layer: they hardly change.",
        "数字を描いて少しずらし、この層の後の特徴マップを比べましょう。ほとんど変わりません。",
    )
    order = 30
    takes_maximum = True

    def bind(self, b: Binding) -> tuple[Pass, Pass]:
        # The largest of a square is the largest of its columns' largest: first down, then across.
        x, y = b.x.value, b.y.value
        down, across = self.windows(x.shape)
        tallest = np.empty((len(x), down.places, *x.shape[2:]), x.dtype)
        forward = InTurn(maximum_along(x, tallest, 1, down), maximum_along(tallest, y, 2, across))
        if b.dy is None or b.dx is None:
            return forward, nothing
        slope = np.empty_like(tallest)
        back_across = slope_along(tallest, y, b.dy.value, slope, 2, across)
        return forward, InTurn(back_across, slope_along(x, tallest, slope, b.dx.value, 1, down))
