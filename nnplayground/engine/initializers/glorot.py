from __future__ import annotations

import math

import numpy as np

from nnplayground.engine.arrays import Array, Shape
from nnplayground.engine.initializers import Initializer, initializers
from nnplayground.text import Text


@initializers.register
class GlorotUniform(Initializer):
    """U(-a, a), a = sqrt(6 / (fan_in + fan_out)): Glorot and Bengio 2010; the default of Keras."""

    id = "glorot_uniform"
    label = Text("Xavier (Glorot, uniform)", "Xavier の初期値（一様分布）")
    formula = "W ~ U(−a, a),  a = √(6 / (nᵢₙ + nₒᵤₜ))"
    help = Text(
        "Made for sigmoid and tanh: keeps both signals and gradients at the same size.",
        "シグモイドや tanh のための初期値です。信号と勾配の大きさを層の間で保ちます。",
    )
    try_it = Text(
        "Use it with tanh in six layers: the outputs keep their spread.",
        "6 層の tanh に使いましょう。出力の広がりが保たれます。",
    )
    order = 40

    def draw(self, rng: np.random.Generator, shape: Shape, fan_in: int, fan_out: int) -> Array:
        a = math.sqrt(6.0 / (fan_in + fan_out))
        return rng.uniform(-a, a, shape)
