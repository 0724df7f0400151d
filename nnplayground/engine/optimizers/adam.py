from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnplayground.engine.arrays import Array
from nnplayground.engine.optimizers import Optimizer, optimizers
from nnplayground.registry import option
from nnplayground.text import Text


@optimizers.register
@dataclass(frozen=True)
class Adam(Optimizer):
    """Kingma and Ba 2015, algorithm 1, with the bias corrections folded into the rate as its section 2 does."""

    id = "adam"
    label = Text("Adam", "Adam")
    formula = "m ← β₁m + (1−β₁)g,  v ← β₂v + (1−β₂)g²,  w ← w − η m̂ / (√v̂ + ε)"
    help = Text(
        "Momentum, with a step size of its own for each weight from the size of its recent gradients.",
        "モーメンタムに加え、最近の勾配の大きさから重みごとに歩幅を決めます。",
    )
    try_it = Text(
        "Start with a learning rate of 0.001 and race it against SGD at 0.1.",
        "学習率 0.001 から始め、学習率 0.1 の SGD と競走させましょう。",
    )
    order = 60
    slots = 2

    beta_1: float = option(0.9, Text("β₁", "β₁"), low=0.0, high=0.9999, live=True)
    beta_2: float = option(0.999, Text("β₂", "β₂"), low=0.0, high=0.99999, live=True)
    epsilon: float = option(1e-7, Text("ε", "ε"), low=1e-12, high=1.0, log=True, live=True)

    def update(self, p: Array, g: Array, state: Sequence[Array], work: Array, rate: float, step: int) -> None:
        m, v = state
        m *= self.beta_1
        np.multiply(g, 1 - self.beta_1, out=work)
        m += work
        g *= g
        v *= self.beta_2
        g *= 1 - self.beta_2
        v += g
        np.sqrt(v, out=work)
        work += self.epsilon
        np.divide(m, work, out=work)
        work *= rate * math.sqrt(1 - self.beta_2**step) / (1 - self.beta_1**step)
        np.subtract(p, work, out=p)
