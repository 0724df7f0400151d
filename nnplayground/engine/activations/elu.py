from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.engine.activations import Activation, activations
from nnplayground.engine.arrays import Array
from nnplayground.registry import option
from nnplayground.text import Text


@activations.register
@dataclass(frozen=True)
class ELU(Activation):
    """f(u) = u for u > 0, else alpha (exp(u) - 1): Clevert et al. 2016."""

    id = "elu"
    label = Text("ELU", "ELU")
    formula = "f(u) = u (u > 0),  α (eᵘ − 1) (u ≤ 0)"
    derivative_formula = "f′(u) = 1 (u > 0),  α eᵘ (u ≤ 0)"
    help = Text(
        "ReLU whose negative side runs smoothly towards −α, which keeps the mean of the outputs near 0.",
        "負の側がなめらかに −α へ近づく ReLU です。出力の平均が 0 の近くに保たれます。",
    )
    try_it = Text(
        "Drag α from 0.1 to 2 and watch how far the curve goes below 0.",
        "α を 0.1 から 2 まで動かし、曲線が 0 の下のどこまで届くかを見ましょう。",
    )
    order = 56

    alpha: float = option(1.0, Text("Depth α", "深さ α"), low=0.0, high=10.0)

    @property
    def kinks(self) -> tuple[float, ...]:  # type: ignore[override]
        return () if self.alpha == 1 else (0.0,)

    def forward(self, u: Array, out: Array) -> None:
        np.minimum(u, 0, out=out)
        np.expm1(out, out=out)
        out *= self.alpha
        out += np.maximum(u, 0)

    def backward(self, u: Array, a: Array, d: Array, work: Array) -> None:
        np.minimum(u, 0, out=work)
        np.exp(work, out=work)
        d *= np.where(u > 0, 1, work * self.alpha)
