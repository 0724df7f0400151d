from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.engine.arrays import Array, Shape
from nnplayground.engine.initializers import Initializer, initializers
from nnplayground.registry import option
from nnplayground.text import Text


@initializers.register
@dataclass(frozen=True)
class Uniform(Initializer):
    """U(-limit, limit), whatever the width of the layer; with limit 0.5, the weights of TensorFlow Playground."""

    id = "uniform"
    label = Text("Uniform", "一様分布")
    formula = "W ~ U(−a, a)"
    help = Text(
        "Any value within a limit is equally likely, the same for every layer. TensorFlow Playground takes −0.5 to 0.5.",
        "範囲内のどの値も同じ確率で選ばれ、どの層でも範囲は同じです。TensorFlow Playground は −0.5〜0.5 です。",
    )
    try_it = Text(
        "Set the limit to 0.001 and watch how long it takes until anything happens.",
        "範囲を 0.001 にして、変化が起きるまでどれくらいかかるかを見ましょう。",
    )
    order = 32

    limit: float = option(0.5, Text("Limit a", "範囲 a"), low=0.0, high=100.0)

    def draw(self, rng: np.random.Generator, shape: Shape, fan_in: int, fan_out: int) -> Array:
        return rng.uniform(-self.limit, self.limit, shape)
