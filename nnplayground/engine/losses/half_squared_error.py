from __future__ import annotations

import numpy as np

from nnplayground.engine.arrays import Array, directly
from nnplayground.engine.losses import Loss, losses, over_outputs
from nnplayground.text import Text


@losses.register
class HalfSquaredError(Loss):
    """E = 1/(2 N) sum of (y - t)^2, not divided by the number of outputs: dE/dy = (y - t) / N."""

    id = "half_squared_error"
    label = Text("Sum of squared errors", "二乗和誤差")
    formula = "E = 1/(2N) Σ (y − t)²"
    help = Text(
        "Half the squared distance from the target, as in many textbooks and in TensorFlow Playground.",
        "目標との距離の 2 乗の半分です。多くの教科書や TensorFlow Playground で使われています。",
    )
    try_it = Text(
        "Compare its values with the mean squared error: only the factor differs, so the learning rate has to follow.",
        "平均二乗誤差の値と比べましょう。違いは係数だけなので、学習率を合わせれば同じです。",
    )
    order = 22
    pairs = ("identity", "tanh", "sigmoid")

    def each(self, y: Array, t: Array) -> Array:
        errors = np.subtract(y, t)
        errors *= errors
        return over_outputs(errors) / 2

    slope = directly(np.subtract)
