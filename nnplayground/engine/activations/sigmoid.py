from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.engine.activations import Activation, activations
from nnplayground.engine.arrays import Array
from nnplayground.text import Text


@activations.register
@dataclass(frozen=True)
class Sigmoid(Activation):
    """f(u) = 1 / (1 + exp(-u)), computed as (1 + tanh(u / 2)) / 2, which never overflows."""

    id = "sigmoid"
    label = Text("Sigmoid", "シグモイド関数")
    formula = "f(u) = 1 / (1 + e⁻ᵘ)"
    derivative_formula = "f′(u) = f(u) (1 − f(u))"
    help = Text(
        "Squeezes any sum into 0..1. Far from 0 it is flat: its slope is at most 1/4, so gradients shrink from layer to layer.",
        "どんな入力総和も 0〜1 に収めます。0 から離れると平らになり、傾きは最大でも 1/4 なので、層を遡るごとに勾配が小さくなります。",
    )
    order = 30

    def forward(self, u: Array, out: Array) -> None:
        np.multiply(u, 0.5, out=out)
        np.tanh(out, out=out)
        out += 1
        out *= 0.5

    def backward(self, u: Array, a: Array, d: Array, work: Array) -> None:
        np.subtract(1, a, out=work)
        work *= a
        d *= work
