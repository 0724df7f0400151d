from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.engine.arrays import Array, Shape
from nnplayground.engine.initializers import Initializer, initializers
from nnplayground.registry import option
from nnplayground.text import Text


@initializers.register
@dataclass(frozen=True)
class Orthogonal(Initializer):
    """Rows (or columns, if there are fewer) at right angles, of length `gain`: Saxe et al. 2014.

    The Q of a normal matrix, its signs set so that every such matrix is equally likely (Mezzadri 2007).
    """

    id = "orthogonal"
    label = Text("Orthogonal", "直交行列")
    formula = "W Wᵀ = g² I"
    help = Text(
        "Turns its input without stretching it, so signals pass through many layers unchanged in size.",
        "入力を伸び縮みさせずに回すだけなので、層を重ねても信号の大きさが変わりません。",
    )
    try_it = Text(
        "Set the gain to 1 and stack identity layers: the signal keeps its size exactly.",
        "ゲインを 1 にして恒等関数の層を重ねましょう。信号の大きさがそのまま保たれます。",
    )
    order = 75

    gain: float = option(1.0, Text("Gain g", "倍率 g"), low=0.0, high=100.0)

    def draw(self, rng: np.random.Generator, shape: Shape, fan_in: int, fan_out: int) -> Array:
        tall = rng.normal(size=(max(shape), min(shape)))
        q, r = np.linalg.qr(tall)
        q *= np.copysign(self.gain, np.diag(r))
        return q if shape[0] >= shape[1] else q.T
