from __future__ import annotations

import numpy as np

from nnplayground.engine.arrays import Array
from nnplayground.engine.losses import Loss, losses, over_outputs
from nnplayground.text import Text


@losses.register
class MeanAbsoluteError(Loss):
    """E = mean over batch and outputs of |y - t|; its slope is 0 where they are equal."""

    id = "mean_absolute_error"
    label = Text("Mean absolute error", "平均絶対誤差")
    formula = "E = 1/(N·K) Σ |y − t|"
    help = Text(
        "Every error counts as its size, so a few outliers do not take over.",
        "誤差をその大きさのまま数えるので、少数の外れ値に引きずられません。",
    )
    try_it = Text(
        "Add noise to the sine curve and compare with squared error: single outliers matter less.",
        "正弦曲線にノイズを加え、二乗誤差と比べましょう。外れ値の影響が小さくなります。",
    )
    order = 30
    pairs = ("identity", "tanh", "sigmoid")

    def each(self, y: Array, t: Array) -> Array:
        return over_outputs(np.abs(y - t)) / len(y)

    def slope(self, y: Array, t: Array, out: Array) -> None:
        np.sign(y - t, out=out)

    def factor(self, outputs: int) -> float:
        return 1 / outputs
