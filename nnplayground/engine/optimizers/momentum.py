from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnplayground.engine.arrays import Array
from nnplayground.engine.optimizers import optimizers
from nnplayground.engine.optimizers._stepping import Stepping
from nnplayground.registry import option
from nnplayground.text import Text


@optimizers.register
@dataclass(frozen=True)
class Momentum(Stepping):
    """v <- momentum * v - rate * g; w <- w + v."""

    id = "momentum"
    label = Text("Momentum", "モーメンタム")
    formula = "v ← μ v − η ∂E/∂w,  w ← w + v"
    help = Text(
        "Rolls like a ball: keeps part of its last step, so it gathers speed along a valley.",
        "ボールのように転がります。直前の動きを一部引き継ぎ、谷に沿って加速します。",
    )
    try_it = Text(
        "Set the momentum to 0, then to 0.9, and compare the curves in “Race”.",
        "モーメンタムを 0 と 0.9 にして、「競走」で曲線を比べましょう。",
    )
    order = 20
    slots = 1

    momentum: float = option(0.9, Text("Momentum μ", "モーメンタム μ"), low=0.0, high=0.999, live=True)

    def move(self, p: Array, step: Array, state: Sequence[Array], work: Array) -> None:
        (v,) = state
        v *= self.momentum
        v -= step
        np.add(p, v, out=p)
