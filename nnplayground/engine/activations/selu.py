from __future__ import annotations

import numpy as np

from nnplayground.engine.activations import Activation, activations
from nnplayground.engine.arrays import Array
from nnplayground.text import Text

ALPHA, SCALE = 1.6732632423543772, 1.0507009873554805


@activations.register
class SELU(Activation):
    """f(u) = s u for u > 0, else s alpha (exp(u) - 1), with the constants of Klambauer et al. 2017."""

    id = "selu"
    label = Text("SELU", "SELU")
    formula = "f(u) = λu (u > 0),  λα (eᵘ − 1) (u ≤ 0),  λ ≈ 1.0507, α ≈ 1.6733"
    derivative_formula = "f′(u) = λ (u > 0),  λα eᵘ (u ≤ 0)"
    help = Text(
        "ELU with constants chosen so that outputs settle at mean 0 and spread 1; start from LeCun's normal weights.",
        "出力の平均が 0、分散が 1 に落ち着くよう定数を選んだ ELU です。LeCun の初期値（正規分布）と組み合わせます。",
    )
    try_it = Text(
        "Stack six layers with LeCun weights and see that the sums keep their spread from layer to layer.",
        "LeCun の初期値で 6 層重ね、入力総和の広がりが層を通しても保たれることを確かめましょう。",
    )
    order = 57
    kinks = (0.0,)

    def forward(self, u: Array, out: Array) -> None:
        np.minimum(u, 0, out=out)
        np.expm1(out, out=out)
        out *= ALPHA
        out *= SCALE
        highest = np.finfo(u.dtype).max / SCALE  # beyond, a finite sum would overflow
        out += SCALE * np.where(u == np.inf, u, np.clip(u, 0, highest))

    def backward(self, u: Array, a: Array, d: Array, work: Array) -> None:
        np.minimum(u, 0, out=work)
        np.exp(work, out=work)
        d *= np.where(u > 0, 1, work * ALPHA)
        d *= SCALE
