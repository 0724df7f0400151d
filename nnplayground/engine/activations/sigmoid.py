from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from nnplayground.engine.activations import Activation, activations
from nnplayground.engine.activations._logistic import logistic
from nnplayground.engine.arrays import Array, InTurn, Pass, constant
from nnplayground.registry import option
from nnplayground.text import Text


@activations.register
@dataclass(frozen=True)
class Sigmoid(Activation):
    """f(u) = 1 / (1 + exp(-u / T)), computed as (1 + tanh(u / 2T)) / 2, which never overflows."""

    id = "sigmoid"
    label = Text("Sigmoid", "シグモイド関数")
    formula = "f(u) = 1 / (1 + e^(−u/T))"
    derivative_formula = "f′(u) = f(u) (1 − f(u)) / T"
    help = Text(
        "Squeezes any sum into 0..1. Far from 0 it is flat: its slope is at most 1/4, so gradients shrink from layer to layer.",
        "どんな入力総和も 0〜1 に収めます。0 から離れると平らになり、傾きは最大でも 1/4 なので、層を遡るごとに勾配が小さくなります。",
    )
    try_it = Text(
        "Put it into five hidden layers and open “Inside the layers”: the gradient fades towards the input.",
        "中間層 5 つに使い、「各層の様子」を開きましょう。入力に近いほど勾配が小さくなります。",
    )
    order = 30
    derivative_from_output = True

    temperature: float = option(
        1.0,
        Text("Temperature T", "温度 T"),
        help=Text(
            "Below 1 the curve is steeper, up to a step; above 1 it is flatter.",
            "1 より小さいと急になってステップ関数に近づき、大きいとなだらかになります。",
        ),
        low=0.01,
        high=100.0,
        log=True,
    )

    def forward(self, u: Array, out: Array) -> None:
        logistic(u, out, self.temperature)

    def derivative(self, a: Array, out: Array) -> Pass:
        curve = InTurn(partial(np.multiply, a, a, out), partial(np.subtract, a, out, out))
        if self.temperature == 1:
            return curve
        return InTurn(curve, partial(np.divide, out, constant(self.temperature, a.dtype), out))
