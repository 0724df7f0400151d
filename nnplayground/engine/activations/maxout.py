from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnplayground.engine.activations import Activation, activations
from nnplayground.engine.arrays import Array, Binding, Pass, nothing
from nnplayground.registry import option
from nnplayground.text import Text


@activations.register
@dataclass(frozen=True)
class Maxout(Activation):
    """a_j = max over p of u_pj: each unit has `pieces` weighted sums and keeps the largest. Goodfellow et al. 2013.

    The sums stand piece by piece: (pieces * units, batch). The gradient goes to the winner only, the first of equals.
    """

    id = "maxout"
    label = Text("Maxout", "Maxout")
    formula = "a = max(u₁, …, uₖ),  uₚ = Wₚ x + bₚ"
    derivative_formula = "∂a/∂uₚ = 1 for the largest uₚ,  0 for the others"
    help = Text(
        "Each unit computes several weighted sums and passes on the largest, so it learns the shape of its own activation; "
        "k pieces need k times the parameters.",
        "ユニットごとに複数の入力総和を計算し、最大のものを出力します。活性化関数の形そのものを学習しますが、パラメータは k 倍になります。",
    )
    try_it = Text(
        "Raise the number of pieces and watch the decision boundary get more corners.",
        "区間の数を増やし、決定境界の角が増える様子を見ましょう。",
    )
    order = 58
    elementwise = False

    pieces: int = option(2, Text("Pieces k", "線形部品の数 k"), low=2, high=16)

    @property
    def sums_per_unit(self) -> int:
        return self.pieces

    def bind(self, b: Binding) -> tuple[Pass, Pass]:
        a = b.y.value
        u = b.x.value.reshape(self.pieces, *a.shape)

        def forward() -> None:
            np.maximum.reduce(u, axis=0, out=a)

        if b.dy is None or b.dx is None:
            return forward, nothing
        d, du = b.dy.value, b.dx.value.reshape(u.shape)
        unclaimed = np.empty_like(d)

        def backward() -> None:
            np.copyto(unclaimed, d)
            for sums, slopes in zip(u, du, strict=True):
                np.multiply(unclaimed, sums == a, out=slopes)
                np.subtract(unclaimed, slopes, out=unclaimed)

        return forward, backward

    def curve(self, u: Array, parameters: Mapping[str, Any] | None = None) -> tuple[Array, Array]:
        """The two pieces 0 and u, for an example: ReLU. What a unit has learnt depends on all its inputs."""
        return np.maximum(u, 0), (u > 0).astype(u.dtype)
