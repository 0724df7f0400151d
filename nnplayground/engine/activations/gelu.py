from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from nnplayground.engine.activations import Activation, activations
from nnplayground.engine.activations._erf import erf
from nnplayground.engine.arrays import Array
from nnplayground.registry import option
from nnplayground.text import Text

ROOT, CUBIC = math.sqrt(2 / math.pi), 0.044715
FAR = 20.0
"""Beyond it f is 0 or u to the last bit, and squares and cubes need no care."""


@activations.register
@dataclass(frozen=True)
class GELU(Activation):
    """f(u) = u Phi(u), Phi the normal distribution function: Hendrycks and Gimpel 2016.

    The tanh form, 0.5 u (1 + tanh(sqrt(2/pi) (u + 0.044715 u^3))), differs from it by at most 4.7e-4.
    """

    id = "gelu"
    label = Text("GELU", "GELU")
    formula = "f(u) = u Φ(u)"
    derivative_formula = "f′(u) = Φ(u) + u φ(u)"
    help = Text(
        "Weighs each sum by how large it is among normally distributed ones; used in GPT and BERT.",
        "正規分布の中でその値がどれだけ大きいかに応じて通します。GPT や BERT で使われています。",
    )
    try_it = Text(
        "Look at the curve just below 0: it dips, which ReLU does not.",
        "0 のすぐ下の曲線を見ましょう。ReLU にはないくぼみがあります。",
    )
    order = 70

    form: str = option(
        "exact",
        Text("Formula", "計算式"),
        choices=("exact", "tanh"),
        names=(Text("Exact", "厳密な式"), Text("With tanh", "tanh による近似")),
    )

    def forward(self, u: Array, out: Array) -> None:
        np.multiply(u, self._share(u), out=out)

    def backward(self, u: Array, a: Array, d: Array, work: Array) -> None:
        near = np.clip(u, -FAR, FAR)
        share = self._share(u)
        if self.form == "exact":
            slope = np.exp(-0.5 * near * near) * (1 / math.sqrt(2 * math.pi))
        else:
            slope = 2 * share * (1 - share) * ROOT * (1 + 3 * CUBIC * near * near)
        d *= share + near * slope

    def _share(self, u: Array) -> Array:
        """Phi(u), or what the tanh form has for it."""
        near = np.clip(u, -FAR, FAR)
        if self.form == "exact":
            return 0.5 + 0.5 * erf(near * math.sqrt(0.5))
        return 0.5 + 0.5 * np.tanh(ROOT * (near + CUBIC * near**3))
