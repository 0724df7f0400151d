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
class AdaDelta(Optimizer):
    """h <- rho h + (1 - rho) g^2; d = g sqrt(s + epsilon) / sqrt(h + epsilon); s <- rho s + (1 - rho) d^2; w <- w - rate d.

    Zeiler 2012, as in Keras; with rate 1 as in the paper.
    """

    id = "adadelta"
    label = Text("AdaDelta", "AdaDelta")
    formula = "Δ = g √(s + ε) / √(h + ε),  w ← w − η Δ;  h, s: means of g², Δ²"
    help = Text(
        "Chooses the step from the size of its own last steps; it starts slowly, and its learning rate is meant to be 1.",
        "自分の直前の歩幅から次の歩幅を決めます。出だしは遅く、学習率は 1 が想定されています。",
    )
    try_it = Text(
        "Set the learning rate to 1, its usual value, and leave it alone.",
        "学習率を標準の 1 にして、そのまま学習させましょう。",
    )
    order = 50
    slots = 2

    rho: float = option(0.95, Text("Memory ρ", "減衰率 ρ"), low=0.0, high=0.9999, live=True)
    epsilon: float = option(1e-7, Text("ε", "ε"), low=1e-12, high=1.0, log=True, live=True)

    def update(self, p: Array, g: Array, state: Sequence[Array], work: Array, rate: float, step: int) -> None:
        h, s = state
        np.multiply(g, g, out=work)
        work *= 1 - self.rho
        h *= self.rho
        h += work
        np.add(s, self.epsilon, out=work)
        work /= h + self.epsilon
        np.sqrt(work, out=work)
        g *= work
        np.multiply(g, g, out=work)
        work *= 1 - self.rho
        s *= self.rho
        s += work
        g *= rate
        np.subtract(p, g, out=p)
