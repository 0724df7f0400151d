from __future__ import annotations

import math

import numpy as np

from nnplayground.engine.arrays import Array, Shape
from nnplayground.engine.initializers import Initializer, initializers
from nnplayground.text import Text


@initializers.register
class HeNormal(Initializer):
    """N(0, 2 / fan_in): He et al. 2015."""

    id = "he_normal"
    label = Text("He (normal)", "He の初期値（正規分布）")
    formula = "W ~ N(0, 2/n)"
    help = Text(
        "Made for ReLU: keeps the spread of the outputs the same from layer to layer.",
        "ReLU のための初期値です。層を重ねても出力の広がりが保たれます。",
    )
    try_it = Text(
        "Use it with ReLU in six layers, then change to Xavier: the outputs fade.",
        "6 層の ReLU に使ってから Xavier に変えましょう。出力がだんだん小さくなります。",
    )
    order = 60

    def draw(self, rng: np.random.Generator, shape: Shape, fan_in: int, fan_out: int) -> Array:
        return rng.normal(0.0, math.sqrt(2.0 / fan_in), shape)
