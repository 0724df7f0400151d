from __future__ import annotations

import numpy as np

from nnplayground.engine.activations import Activation, activations
from nnplayground.engine.arrays import Array
from nnplayground.text import Text


@activations.register
class Identity(Activation):
    """f(u) = u, f'(u) = 1."""

    id = "identity"
    label = Text("Identity (linear)", "恒等関数")
    formula = "f(u) = u"
    derivative_formula = "f′(u) = 1"
    help = Text(
        "Passes the sum on unchanged: right for regression outputs; in hidden layers it adds nothing.",
        "入力総和をそのまま渡します。回帰の出力層に向き、中間層に使っても表現力は増えません。",
    )
    try_it = Text(
        "Give every hidden layer this one: however many layers, the boundary stays a straight line.",
        "すべての中間層をこれにしてみましょう。何層重ねても境界は直線のままです。",
    )
    order = 10

    def forward(self, u: Array, out: Array) -> None:
        np.copyto(out, u)

    def backward(self, u: Array, a: Array, d: Array, work: Array) -> None:
        pass
