from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.engine.activations import Activation, activations
from nnplayground.engine.arrays import Array
from nnplayground.registry import option
from nnplayground.text import Text

SMALLEST = -2000.0
"""exp is 0 from here on down."""


@activations.register
@dataclass(frozen=True)
class Softmax(Activation):
    """y_k = exp(u_k / T) / sum_l exp(u_l / T) over the first axis; the largest u is subtracted first, so nothing overflows."""

    id = "softmax"
    label = Text("Softmax", "ソフトマックス関数")
    formula = "yₖ = exp(uₖ/T) / Σₗ exp(uₗ/T)"
    derivative_formula = "∂yₖ/∂uₗ = yₖ (δₖₗ − yₗ) / T"
    help = Text(
        "Turns the scores of all units of the layer into shares that add to 1: the output of a classifier.",
        "層のすべてのユニットの値を、合計が 1 になる割合（確率）に変えます。分類の出力層に使います。",
    )
    order = 60
    elementwise = False

    temperature: float = option(
        1.0,
        Text("Temperature T", "温度 T"),
        help=Text(
            "Below 1 the largest share grows, above 1 the shares become more even.",
            "1 より小さいと最大の割合がさらに大きくなり、大きいと割合が均等に近づきます。",
        ),
        low=0.01,
        high=100.0,
        log=True,
    )

    def forward(self, u: Array, out: Array) -> None:
        largest = np.maximum.reduce(u, axis=0)
        np.maximum(u, largest + SMALLEST * self.temperature, out=out)
        out -= largest
        if self.temperature != 1:
            out /= self.temperature
        np.exp(out, out=out)
        out /= np.add.reduce(out, axis=0)

    def backward(self, u: Array, a: Array, d: Array, work: Array) -> None:
        np.multiply(d, a, out=work)
        d -= work.sum(axis=0)
        d *= a
        if self.temperature != 1:
            d /= self.temperature
