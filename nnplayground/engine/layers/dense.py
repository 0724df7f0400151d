from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from nnplayground.engine.activations import Activation
from nnplayground.engine.activations.identity import Identity
from nnplayground.engine.arrays import Binding, Block, InTurn, Pass, Shape, nothing
from nnplayground.engine.layers import Layer, layers
from nnplayground.registry import option
from nnplayground.text import Text

LARGE = 2**14
"""Numbers of a gradient from which on it costs more to set them to 0 than to call `np.matmul`."""


@layers.register
@dataclass(frozen=True)
class Dense(Layer):
    """u = W x + b, W of shape (units, inputs), b of shape (units,).

    The block [W b] of shape (units, inputs + 1) meets an input that ends in a row of ones, so that
    one product makes the sum and one product makes both gradients.
    """

    id = "dense"
    label = Text("Dense", "全結合層")
    formula = "u = W x + b"
    help = Text(
        "Each unit adds up all its inputs, each with a weight of its own, and a bias.",
        "各ユニットが、すべての入力に重みをかけた和にバイアスを足します。",
    )
    try_it = Text(
        "Change the number of units to 1, then to 32, and watch the decision map.",
        "ユニット数を 1 と 32 にして、決定境界の変化を見ましょう。",
    )
    order = 10

    units: int = option(16, Text("Units", "ユニット数"), low=1, high=10_000)
    activation: Activation = field(default=Identity())

    def output_shape(self, input_shape: Shape) -> Shape:
        if len(input_shape) != 1:
            raise self.mismatch(
                input_shape, Text("a flat input; put a Flatten layer before it", "1 次元の入力（前に平坦化層を置く）")
            )
        return (self.units,)

    def blocks(self, input_shape: Shape) -> tuple[Block, ...]:
        inputs, sums = math.prod(input_shape), self.units * self.activation.sums_per_unit
        return (Block("W", (sums, inputs + 1), fan_in=inputs, fan_out=self.units, bias=True),)

    def bind(self, b: Binding) -> tuple[Pass, Pass]:
        # `a.dot(b, out)` is `np.matmul(a, b, out)` in half the time when the matrices are tiny. But it sets `out` to 0 first.
        w, x = b.parameters["W"], b.x.full
        forward = partial(w.dot, x, b.y.value)
        if b.dy is None:
            return forward, nothing
        du, gradient = b.dy.value, b.gradients["W"]
        large = gradient.size > LARGE
        to_weights = partial(np.matmul, du, x.T, gradient) if large else partial(du.dot, x.T, gradient)
        if b.dx is None:
            return forward, to_weights
        return forward, InTurn(to_weights, partial(w.T.dot, du, b.dx.full))
