from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from nnplayground.engine.arrays import Array
from nnplayground.engine.optimizers import Optimizer, optimizers
from nnplayground.registry import option
from nnplayground.text import Text

LONG = 1000
"""Steps after which 0.96^t no longer changes anything."""


@optimizers.register
@dataclass(frozen=True)
class Nadam(Optimizer):
    """Adam with Nesterov's look ahead: Dozat 2016, with the schedule of beta_1 that he and Keras use.

    u_t = beta_1 (1 - 0.96^t / 2); m_hat = u_{t+1} m / (1 - u_1 ... u_{t+1}) + (1 - u_t) g / (1 - u_1 ... u_t).
    """

    id = "nadam"
    label = Text("Nadam", "Nadam")
    formula = "w ← w − η (μ m̂ + (1−μ) ĝ) / (√v̂ + ε)"
    help = Text(
        "Adam whose momentum looks one step ahead, as Nesterov's does.",
        "Nesterov のように一歩先を見るモーメンタムを使う Adam です。",
    )
    try_it = Text(
        "Race it against Adam: the first hundred steps tell them apart.",
        "Adam と競走させましょう。差が出るのは最初の 100 ステップです。",
    )
    order = 70
    slots = 2

    beta_1: float = option(0.9, Text("β₁", "β₁"), low=0.0, high=0.9999, live=True)
    beta_2: float = option(0.999, Text("β₂", "β₂"), low=0.0, high=0.99999, live=True)
    epsilon: float = option(1e-7, Text("ε", "ε"), low=1e-12, high=1.0, log=True, live=True)

    def update(self, p: Array, g: Array, state: Sequence[Array], work: Array, rate: float, step: int) -> None:
        m, v = state
        m *= self.beta_1
        np.multiply(g, 1 - self.beta_1, out=work)
        m += work
        np.multiply(g, g, out=work)
        work *= 1 - self.beta_2
        v *= self.beta_2
        v += work
        now, ahead = self._u(step), self._u(step + 1)
        product = self.beta_1**step * _warmed_up(min(step, LONG))
        g *= (1 - now) / (1 - product)
        np.multiply(m, ahead / (1 - product * ahead), out=work)
        g += work
        np.multiply(v, 1 / (1 - self.beta_2**step), out=work)
        np.sqrt(work, out=work)
        work += self.epsilon
        g /= work
        g *= rate
        np.subtract(p, g, out=p)

    def _u(self, step: int) -> float:
        return self.beta_1 * _warmth(step)


def _warmth(step: int) -> float:
    return 1 - 0.5 * 0.96**step


@lru_cache(maxsize=LONG + 1)
def _warmed_up(step: int) -> float:
    """The product of `_warmth` from step 1 to `step`."""
    return math.prod(_warmth(i) for i in range(1, step + 1))
