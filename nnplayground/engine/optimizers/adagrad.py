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
class AdaGrad(Optimizer):
    """h <- h + g^2; w <- w - rate g / sqrt(h + epsilon), h starting at `start`: Duchi et al. 2011, as in Keras."""

    id = "adagrad"
    label = Text("AdaGrad", "AdaGrad")
    formula = "h ← h + g²,  w ← w − η g / √(h + ε)"
    help = Text(
        "Each weight's steps shrink with all the slope it has seen: large at first, then smaller and smaller.",
        "これまでの勾配の二乗和で割るので、歩幅は重みごとに、最初は大きく、だんだん小さくなります。",
    )
    try_it = Text(
        "Train for long: its steps get smaller and smaller until hardly anything moves.",
        "長く学習させましょう。1 歩がどんどん小さくなり、やがてほとんど動かなくなります。",
    )
    order = 30
    slots = 1

    start: float = option(0.1, Text("Start of h", "h の初期値"), low=0.0, high=10.0, live=True)
    epsilon: float = option(1e-7, Text("ε", "ε"), low=1e-12, high=1.0, log=True, live=True)

    def update(self, p: Array, g: Array, state: Sequence[Array], work: Array, rate: float, step: int) -> None:
        (h,) = state
        np.multiply(g, g, out=work)
        h += work
        np.add(h, self.start + self.epsilon, out=work)
        np.sqrt(work, out=work)
        np.divide(g, work, out=work)
        work *= rate
        np.subtract(p, work, out=p)
