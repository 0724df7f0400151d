from __future__ import annotations

import numpy as np

from nnplayground.engine.activations import Activation, activations
from nnplayground.engine.arrays import Array
from nnplayground.text import Text


@activations.register
class Softsign(Activation):
    """f(u) = u / (1 + |u|), f'(u) = 1 / (1 + |u|)^2."""

    id = "softsign"
    label = Text("Softsign", "ソフトサイン関数")
    formula = "f(u) = u / (1 + |u|)"
    derivative_formula = "f′(u) = 1 / (1 + |u|)²"
    help = Text(
        "Like tanh between −1 and 1, but it gets there much more slowly, so large sums still have some slope.",
        "tanh と同じく −1〜1 ですが、ずっとゆっくり近づくので、大きな入力総和でも傾きが残ります。",
    )
    try_it = Text(
        "Compare it with tanh: it comes to its limits far more slowly.",
        "tanh と比べましょう。上限と下限にずっとゆっくり近づきます。",
    )
    order = 64

    def forward(self, u: Array, out: Array) -> None:
        np.abs(u, out=out)
        out += 1
        np.divide(u, out, out=out)

    def backward(self, u: Array, a: Array, d: Array, work: Array) -> None:
        np.abs(u, out=work)
        work += 1
        np.divide(1, work, out=work)
        work *= work
        d *= work
