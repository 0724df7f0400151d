from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.engine.activations import Activation, activations
from nnplayground.engine.arrays import Array
from nnplayground.registry import option
from nnplayground.text import Text


@activations.register
@dataclass(frozen=True)
class LeakyReLU(Activation):
    """f(u) = u for u > 0, else slope * u (f' is `slope` at 0). Slope 0 is ReLU, 1 the identity, -1 the absolute value."""

    id = "leaky_relu"
    label = Text("Leaky ReLU", "Leaky ReLU")
    formula = "f(u) = u (u > 0),  αu (u ≤ 0)"
    derivative_formula = "f′(u) = 1 (u > 0),  α (u ≤ 0)"
    help = Text(
        "ReLU with a small slope below 0, so that no unit is ever quite dead.",
        "0 以下にもわずかな傾きを残した ReLU です。完全に学習しなくなるユニットが出ません。",
    )
    try_it = Text(
        "Set the slope to 0, which is ReLU, then to 0.3, and count the dead units in “Inside the layers”.",
        "傾きを 0（ReLU と同じ）と 0.3 にして、「各層の様子」で停止したユニットの数を比べましょう。",
    )
    order = 51
    kinks = (0.0,)

    slope: float = option(0.01, Text("Slope α below 0", "0 以下の傾き α"), low=-1.0, high=1.0)

    def forward(self, u: Array, out: Array) -> None:
        np.minimum(u, 0, out=out)
        out *= self.slope
        out += np.maximum(u, 0)

    def backward(self, u: Array, a: Array, d: Array, work: Array) -> None:
        np.greater(u, 0, out=work)
        work *= 1 - self.slope
        work += self.slope
        d *= work
