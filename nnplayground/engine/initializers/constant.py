from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.engine.arrays import Array, Shape
from nnplayground.engine.initializers import Initializer, initializers
from nnplayground.registry import option
from nnplayground.text import Text


@initializers.register
@dataclass(frozen=True)
class Constant(Initializer):
    """All weights the same."""

    id = "constant"
    label = Text("Constant", "定数")
    formula = "W = c"
    help = Text(
        "Every weight the same number: the units of a layer stay copies of each other.",
        "すべての重みを同じ値にします。同じ層のユニットは互いのコピーのままになります。",
    )
    try_it = Text(
        "Train with it and look at the network picture: all lines of a layer have the same colour.",
        "これで学習させ、ネットワークの図を見ましょう。同じ層の線はすべて同じ色です。",
    )
    order = 82

    value: float = option(0.5, Text("Value c", "値 c"), low=-100.0, high=100.0)

    def draw(self, rng: np.random.Generator, shape: Shape, fan_in: int, fan_out: int) -> Array:
        return np.full(shape, self.value)
