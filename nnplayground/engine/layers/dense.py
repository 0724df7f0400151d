from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from nnplayground.engine.activations import Activation
from nnplayground.engine.activations.identity import Identity
from nnplayground.engine.arrays import Binding, Block, Pass, Shape, nothing
from nnplayground.engine.layers import Layer, layers
from nnplayground.registry import option
from nnplayground.text import Text


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
        w, x, u = b.parameters["W"], b.x.full, b.y.value

        def forward() -> None:
            np.matmul(w, x, out=u)

        if b.dy is None:
            return forward, nothing
        dw, du, xt, wt = b.gradients["W"], b.dy.value, x.T, w.T
        dx = None if b.dx is None else b.dx.full

        def backward() -> None:
            np.matmul(du, xt, out=dw)
            if dx is not None:
                np.matmul(wt, du, out=dx)

        return forward, backward
