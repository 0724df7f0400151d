from __future__ import annotations

import numpy as np

from nnplayground.engine.arrays import Array, directly
from nnplayground.engine.losses import Loss, losses, over_outputs
from nnplayground.text import Text


@losses.register
class MeanSquaredError(Loss):
    """E = mean over batch and outputs of (y - t)^2."""

    id = "mean_squared_error"
    label = Text("Mean squared error", "平均二乗誤差")
    formula = "E = 1/(N·K) Σ (y − t)²"
    help = Text(
        "The usual loss for regression: large errors count much more than small ones.",
        "回帰でふつう使う損失です。大きな誤差ほど強く効きます。",
    )
    try_it = Text(
        "Put one sample far away in “Paint data” and watch how strongly it pulls the answer.",
        "「データを描く」で 1 点だけ遠くに置き、答えがどれほど引っ張られるかを見ましょう。",
    )
    order = 20
    pairs = ("identity", "tanh", "sigmoid")

    def each(self, y: Array, t: Array) -> Array:
        errors = np.subtract(y, t)
        errors *= errors
        return over_outputs(errors) / len(y)

    slope = directly(np.subtract)

    def factor(self, outputs: int) -> float:
        return 2 / outputs
