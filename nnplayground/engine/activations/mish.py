from __future__ import annotations

import numpy as np

from nnplayground.engine.activations import Activation, activations
from nnplayground.engine.activations._logistic import logistic, softplus
from nnplayground.engine.arrays import Array
from nnplayground.text import Text


@activations.register
class Mish(Activation):
    """f(u) = u tanh(softplus(u)), f'(u) = t + u (1 - t^2) sigmoid(u) with t = tanh(softplus(u)): Misra 2019."""

    id = "mish"
    label = Text("Mish", "Mish")
    formula = "f(u) = u tanh(log(1 + eᵘ))"
    derivative_formula = "f′(u) = t + u (1 − t²) σ(u),  t = tanh(log(1 + eᵘ))"
    help = Text(
        "Much like Swish: smooth, dips below 0, and grows like u on the right.",
        "Swish によく似た、なめらかで少し負に沈み、右側では u と同じように増える関数です。",
    )
    try_it = Text(
        "Lay its curve beside Swish: they differ by little, and cost differs more.",
        "Swish の曲線と比べましょう。形はほぼ同じで、計算の手間が違います。",
    )
    order = 72

    def forward(self, u: Array, out: Array) -> None:
        softplus(u, out)
        np.tanh(out, out=out)
        out *= u

    def backward(self, u: Array, a: Array, d: Array, work: Array) -> None:
        softplus(u, work)
        t = np.tanh(work)
        logistic(u, work)
        d *= t + u * (work * (1 - t * t))
