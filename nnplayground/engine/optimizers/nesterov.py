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
class Nesterov(Stepping):
    """v <- momentum v - rate g; w <- w + momentum v - rate g, as Keras does.

    `w` is where the gradient is taken: one momentum step ahead of where the ball is (Sutskever et al. 2013).
    """

    id = "nesterov"
    label = Text("Nesterov momentum", "Nesterov の加速法")
    formula = "v ← μ v − η ∂E/∂w,  w ← w + μ v − η ∂E/∂w"
    help = Text(
        "Momentum that looks at the slope where it is about to be, so it brakes before it overshoots.",
        "これから進む先の傾きを見るモーメンタムです。行き過ぎる前に減速できます。",
    )
    try_it = Text(
        "Race it against plain momentum at a high learning rate: it overshoots less.",
        "高い学習率で普通のモーメンタムと競走させましょう。行き過ぎが小さくなります。",
    )
    order = 25
    slots = 1

    momentum: float = option(0.9, Text("Momentum μ", "モーメンタム μ"), low=0.0, high=0.999, live=True)

    def move(self, p: Array, step: Array, state: Sequence[Array], work: Array) -> None:
        (v,) = state
        v *= self.momentum
        v -= step
        np.multiply(v, self.momentum, out=work)
        work -= step
        np.add(p, work, out=p)
