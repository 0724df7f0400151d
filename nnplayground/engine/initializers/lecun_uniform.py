from __future__ import annotations

import math

import numpy as np

from nnplayground.engine.arrays import Array, Shape
from nnplayground.engine.initializers import Initializer, initializers
from nnplayground.text import Text


@initializers.register
class LeCunUniform(Initializer):
    """U(-a, a), a = sqrt(3 / fan_in): LeCun et al. 1998."""

    id = "lecun_uniform"
    label = Text("LeCun (uniform)", "LeCun の初期値（一様分布）")
    formula = "W ~ U(−a, a),  a = √(3/n)"
    help = Text(
        "Keeps sums at spread 1 when inputs have it.",
        "入力の分散が 1 なら入力総和の分散も 1 に保たれます。",
    )
    try_it = Text(
        "Race it against He with ReLU layers.",
        "ReLU の層で、He の初期値と競走させましょう。",
    )
    order = 72

    def draw(self, rng: np.random.Generator, shape: Shape, fan_in: int, fan_out: int) -> Array:
        a = math.sqrt(3.0 / fan_in)
        return rng.uniform(-a, a, shape)
