from __future__ import annotations

import numpy as np

from nnplayground.engine.arrays import Array, Shape
from nnplayground.engine.initializers import Initializer, initializers
from nnplayground.text import Text


@initializers.register
class Zeros(Initializer):
    """All weights 0."""

    id = "zeros"
    label = Text("Zeros", "すべて 0")
    formula = "W = 0"
    help = Text(
        "All units of a layer start equal and stay equal: a network that cannot learn, worth seeing once.",
        "層のユニットがすべて同じ状態から始まり、ずっと同じままなので学習できません。一度は見ておきたい例です。",
    )
    try_it = Text(
        "Train with it: all units of a layer stay alike for ever.",
        "これで学習させましょう。同じ層のユニットは、いつまでもすべて同じままです。",
    )
    order = 80

    def draw(self, rng: np.random.Generator, shape: Shape, fan_in: int, fan_out: int) -> Array:
        return np.zeros(shape)
