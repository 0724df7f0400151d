from __future__ import annotations

import numpy as np

from nnplayground.engine.activations import Activation, activations
from nnplayground.engine.arrays import Array
from nnplayground.text import Text


@activations.register
class HardSigmoid(Activation):
    """f(u) = u / 6 + 1 / 2 cut to 0..1; f'(u) = 1/6 inside, 0 outside and at the corners."""

    id = "hard_sigmoid"
    label = Text("Hard sigmoid", "ハードシグモイド関数")
    formula = "f(u) = max(0, min(1, u/6 + 1/2))"
    derivative_formula = "f′(u) = 1/6 (−3 < u < 3),  0 otherwise"
    help = Text(
        "A sigmoid made of three straight lines: quick to compute, but quite flat beyond ±3.",
        "3 本の直線で作ったシグモイドです。計算は速いですが、±3 の外では傾きが 0 です。",
    )
    try_it = Text(
        "Compare it with the sigmoid: same shape, but its slope is exactly 0 outside the middle.",
        "シグモイドと比べましょう。形は似ていますが、中央の外では傾きがちょうど 0 です。",
    )
    order = 35
    kinks = (-3.0, 3.0)

    def forward(self, u: Array, out: Array) -> None:
        np.multiply(u, 1 / 6, out=out)
        out += 0.5
        np.clip(out, 0, 1, out=out)

    def backward(self, u: Array, a: Array, d: Array, work: Array) -> None:
        np.abs(u, out=work)
        np.less(work, 3, out=work)
        d *= work
        d *= 1 / 6
