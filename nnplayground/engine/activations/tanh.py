from __future__ import annotations

from functools import partial

import numpy as np

from nnplayground.engine.activations import Activation, activations
from nnplayground.engine.arrays import Array, InTurn, Pass, constant, directly
from nnplayground.text import Text


@activations.register
class Tanh(Activation):
    """f(u) = tanh(u), f'(u) = 1 - f(u)^2."""

    id = "tanh"
    label = Text("Tanh", "双曲線正接関数 tanh")
    formula = "f(u) = tanh u"
    derivative_formula = "f′(u) = 1 − f(u)²"
    help = Text(
        "Like the sigmoid, but from −1 to 1 and with slope 1 at 0, so gradients survive more layers.",
        "シグモイドに似ていますが −1〜1 で、0 での傾きが 1 なので、勾配がより多くの層を生き残ります。",
    )
    try_it = Text(
        "Change a hidden sigmoid layer to tanh and watch the loss fall sooner.",
        "中間層のシグモイドを tanh に変え、損失が早く下がる様子を見ましょう。",
    )
    order = 40

    derivative_from_output = True

    forward = directly(np.tanh)

    def derivative(self, a: Array, out: Array) -> Pass:
        return InTurn(partial(np.multiply, a, a, out), partial(np.subtract, constant(1, a.dtype), out, out))
