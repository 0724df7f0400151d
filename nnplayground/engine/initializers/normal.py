from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.engine.arrays import Array, Shape
from nnplayground.engine.initializers import Initializer, initializers
from nnplayground.registry import option
from nnplayground.text import Text


@initializers.register
@dataclass(frozen=True)
class Normal(Initializer):
    """N(0, std^2), whatever the width of the layer."""

    id = "normal"
    label = Text("Normal", "正規分布")
    formula = "W ~ N(0, σ²)"
    help = Text(
        "The same spread for every layer: easily too small or too large in deep networks.",
        "どの層も同じ標準偏差です。深いネットワークでは小さすぎたり大きすぎたりしがちです。",
    )
    try_it = Text(
        "Set σ to 5, start from scratch, and look for saturated units in “Inside the layers”.",
        "σ を 5 にして最初から始め、「各層の様子」で飽和したユニットを探しましょう。",
    )
    order = 30

    std: float = option(0.01, Text("Standard deviation σ", "標準偏差 σ"), low=0.0, high=100.0)

    def draw(self, rng: np.random.Generator, shape: Shape, fan_in: int, fan_out: int) -> Array:
        return rng.normal(0.0, self.std, shape)
