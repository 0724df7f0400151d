from __future__ import annotations

import math

import numpy as np

from nnplayground.engine.arrays import Array, Shape
from nnplayground.engine.initializers import Initializer, initializers
from nnplayground.text import Text


@initializers.register
class GlorotNormal(Initializer):
    """N(0, 2 / (fan_in + fan_out)): Glorot and Bengio 2010."""

    id = "glorot_normal"
    label = Text("Xavier (Glorot, normal)", "Xavier の初期値（正規分布）")
    formula = "W ~ N(0, 2 / (nᵢₙ + nₒᵤₜ))"
    help = Text(
        "Made for sigmoid and tanh: keeps both signals and gradients at the same size.",
        "シグモイドや tanh のための初期値です。信号と勾配の大きさを層の間で保ちます。",
    )
    try_it = Text(
        "Press “New initial weights” and compare its histogram with the uniform one.",
        "「新しい初期値」を押し、一様分布のものとヒストグラムを比べましょう。",
    )
    order = 45

    def draw(self, rng: np.random.Generator, shape: Shape, fan_in: int, fan_out: int) -> Array:
        return rng.normal(0.0, math.sqrt(2.0 / (fan_in + fan_out)), shape)
