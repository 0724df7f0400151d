from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from nnplayground.engine.activations import Activation, activations
from nnplayground.engine.arrays import Array, Binding, InTurn, Pass, constant, nothing
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
    try_it = Text(
        "Open the softmax bench and raise one score: its probability grows and all the others shrink.",
        "「ソフトマックスの実験」で得点を 1 つ上げると、その確率が増え、ほかは減ります。",
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
        # So that not even the difference of the largest and the smallest number there is overflows.
        np.maximum(u, np.maximum.reduce(u, axis=0) + SMALLEST * self.temperature, out=out)
        self._shares(out, out)

    def _shares(self, u: Array, out: Array) -> None:
        np.subtract(u, np.maximum.reduce(u, 0), out)
        if self.temperature != 1:
            out /= self.temperature
        np.exp(out, out)
        np.divide(out, np.add.reduce(out, 0), out)

    def bind(self, b: Binding) -> tuple[Pass, Pass]:
        forward, backward = super().bind(b)
        # In training such a difference is no secret to be kept.
        return self._quick(b.x.value, b.y.value) if b.training else forward, backward

    def _quick(self, u: Array, out: Array) -> Pass:
        """`_shares` for arrays that stay the same."""
        row, temperature = np.empty(u.shape[1:], u.dtype), constant(self.temperature, u.dtype)
        return InTurn(
            partial(np.maximum.reduce, u, 0, None, row),
            partial(np.subtract, u, row, out),
            nothing if self.temperature == 1 else partial(np.divide, out, temperature, out),
            partial(np.exp, out, out),
            partial(np.add.reduce, out, 0, None, row),
            partial(np.divide, out, row, out),
        )

    def backward(self, u: Array, a: Array, d: Array, work: Array) -> None:
        np.multiply(d, a, out=work)
        d -= work.sum(axis=0)
        d *= a
        if self.temperature != 1:
            d /= self.temperature
