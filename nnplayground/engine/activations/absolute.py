from __future__ import annotations

import numpy as np

from nnplayground.engine.activations import Activation, activations
from nnplayground.engine.arrays import Array
from nnplayground.text import Text


@activations.register
class Absolute(Activation):
    """f(u) = |u|, f'(u) = sign(u) (0 at 0): absolute value rectification, Jarrett et al. 2009."""

    id = "absolute"
    label = Text("Absolute value", "絶対値")
    formula = "f(u) = |u|"
    derivative_formula = "f′(u) = 1 (u > 0),  0 (u = 0),  −1 (u < 0)"
    help = Text(
        "Folds the negative side up: an edge counts the same from dark to light as from light to dark.",
        "負の側を折り返します。明から暗への境目も暗から明への境目も同じように扱えます。",
    )
    try_it = Text(
        "Try it on XOR with a single hidden layer of two units.",
        "XOR を、ユニット 2 個の中間層 1 つで試しましょう。",
    )
    order = 54
    kinks = (0.0,)

    def forward(self, u: Array, out: Array) -> None:
        np.abs(u, out=out)

    def backward(self, u: Array, a: Array, d: Array, work: Array) -> None:
        np.sign(u, out=work)
        d *= work
