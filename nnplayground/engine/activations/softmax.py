from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.engine.activations import Activation, activations
from nnplayground.engine.arrays import Array
from nnplayground.text import Text


@activations.register
@dataclass(frozen=True)
class Softmax(Activation):
    """y_k = exp(u_k) / sum_l exp(u_l) over the first axis; the largest u is subtracted first, so nothing overflows."""

    id = "softmax"
    label = Text("Softmax", "ソフトマックス関数")
    formula = "yₖ = exp(uₖ) / Σₗ exp(uₗ)"
    derivative_formula = "∂yₖ/∂uₗ = yₖ (δₖₗ − yₗ)"
    help = Text(
        "Turns the scores of all units of the layer into shares that add to 1: the output of a classifier.",
        "層のすべてのユニットの値を、合計が 1 になる割合（確率）に変えます。分類の出力層に使います。",
    )
    order = 60

    def forward(self, u: Array, out: Array) -> None:
        np.subtract(u, u.max(axis=0), out=out)
        np.exp(out, out=out)
        out /= out.sum(axis=0)

    def backward(self, u: Array, a: Array, d: Array, work: Array) -> None:
        np.multiply(d, a, out=work)
        d -= work.sum(axis=0)
        d *= a
