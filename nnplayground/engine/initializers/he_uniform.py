from __future__ import annotations

import math

import numpy as np

from nnplayground.engine.arrays import Array, Shape
from nnplayground.engine.initializers import Initializer, initializers
from nnplayground.text import Text


@initializers.register
class HeUniform(Initializer):
    """U(-a, a), a = sqrt(6 / fan_in): He et al. 2015."""

    id = "he_uniform"
    label = Text("He (uniform)", "He の初期値（一様分布）")
    formula = "W ~ U(−a, a),  a = √(6/n)"
    help = Text(
        "Made for ReLU: keeps the spread of the outputs the same from layer to layer.",
        "ReLU のための初期値です。層を重ねても出力の広がりが保たれます。",
    )
    try_it = Text(
        "Compare its histogram in “Inside the layers” with the normal one before the first step.",
        "学習前の「各層の様子」で、正規分布のものとヒストグラムを比べましょう。",
    )
    order = 62

    def draw(self, rng: np.random.Generator, shape: Shape, fan_in: int, fan_out: int) -> Array:
        a = math.sqrt(6.0 / fan_in)
        return rng.uniform(-a, a, shape)
