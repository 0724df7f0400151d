from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnplayground.engine.arrays import Array
from nnplayground.engine.optimizers import Optimizer, optimizers
from nnplayground.registry import option
from nnplayground.text import Text


@optimizers.register
@dataclass(frozen=True)
class RMSprop(Optimizer):
    """h <- rho h + (1 - rho) g^2; w <- w - rate g / sqrt(h + epsilon): Tieleman and Hinton 2012, as in Keras."""

    id = "rmsprop"
    label = Text("RMSprop", "RMSprop")
    formula = "h ← ρh + (1−ρ)g²,  w ← w − η g / √(h + ε)"
    help = Text(
        "AdaGrad that forgets: divides by the size of recent gradients only, so steps do not die out.",
        "古い勾配を忘れていく AdaGrad です。最近の勾配の大きさだけで割るので、歩幅が 0 になりません。",
    )
    try_it = Text(
        "Lower ρ to 0.5 and see the loss curve get more restless.",
        "ρ を 0.5 に下げ、損失の曲線が揺れやすくなることを確かめましょう。",
    )
    order = 40
    slots = 1

    rho: float = option(0.9, Text("Memory ρ", "減衰率 ρ"), low=0.0, high=0.9999, live=True)
    epsilon: float = option(1e-7, Text("ε", "ε"), low=1e-12, high=1.0, log=True, live=True)

    def update(self, p: Array, g: Array, state: Sequence[Array], work: Array, rate: float, step: int) -> None:
        (h,) = state
        np.multiply(g, g, out=work)
        work *= 1 - self.rho
        h *= self.rho
        h += work
        np.add(h, self.epsilon, out=work)
        np.sqrt(work, out=work)
        np.divide(g, work, out=work)
        work *= rate
        np.subtract(p, work, out=p)
