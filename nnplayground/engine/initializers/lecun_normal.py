from __future__ import annotations

import math

import numpy as np

from nnplayground.engine.arrays import Array, Shape
from nnplayground.engine.initializers import Initializer, initializers
from nnplayground.text import Text


@initializers.register
class LeCunNormal(Initializer):
    """N(0, 1 / fan_in): LeCun et al. 1998."""

    id = "lecun_normal"
    label = Text("LeCun (normal)", "LeCun の初期値（正規分布）")
    formula = "W ~ N(0, 1/n)"
    help = Text(
        "Keeps sums at spread 1 when inputs have it; the one to take with SELU.",
        "入力の分散が 1 なら入力総和の分散も 1 に保たれます。SELU と組み合わせます。",
    )
    try_it = Text(
        "Use it with SELU, and look at the sums of the last layer.",
        "SELU と一緒に使い、最後の層の入力総和を見ましょう。",
    )
    order = 70

    def draw(self, rng: np.random.Generator, shape: Shape, fan_in: int, fan_out: int) -> Array:
        return rng.normal(0.0, math.sqrt(1.0 / fan_in), shape)
