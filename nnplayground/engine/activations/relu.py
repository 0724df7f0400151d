from __future__ import annotations

from functools import partial

import numpy as np

from nnplayground.engine.activations import Activation, activations
from nnplayground.engine.arrays import Array, Binding, Pass, constant, nothing
from nnplayground.text import Text

SMALL = 2**15
"""Numbers that fit beside others into the processor's cache."""


@activations.register
class ReLU(Activation):
    """f(u) = max(0, u); f'(u) = 1 for u > 0, else 0 (0 at 0)."""

    id = "relu"
    label = Text("ReLU (ramp)", "ReLU（ランプ関数）")
    formula = "f(u) = max(0, u)"
    derivative_formula = "f′(u) = 1 (u > 0),  0 (u ≤ 0)"
    help = Text(
        "Lets positive sums through and blocks the rest. Gradients pass undiminished, but a unit that is always below 0 is dead.",
        "正の値だけを通し、残りは 0 にします。勾配は弱まらずに通りますが、いつも 0 以下のユニットは学習しなくなります。",
    )
    try_it = Text(
        "Change sigmoid layers to ReLU with He weights and race the two in “Race”.",
        "シグモイドの層を ReLU と He の初期値に変え、「競走」で比べましょう。",
    )
    order = 50
    kinks = (0.0,)
    commutes_with_maximum = True

    def forward(self, u: Array, out: Array) -> None:
        np.maximum(u, 0, out=out)

    def backward(self, u: Array, a: Array, d: Array, work: Array) -> None:
        d *= np.greater(u, 0)

    def bind(self, b: Binding) -> tuple[Pass, Pass]:
        # Zeros for all numbers, or at least a row of them, are two to four times as fast as the number 0.
        u = b.x.value
        floor = np.zeros(u.shape if u.size <= SMALL else u.shape[-2:] if u.ndim > 2 else u.shape[-1:], u.dtype)
        forward = partial(np.maximum, u, floor, out=b.y.value)
        if b.dy is None:
            return forward, nothing
        d, positive, zero = b.dy.value, np.empty(u.shape, bool), constant(0, u.dtype)

        def backward() -> None:
            np.greater(u, zero, positive)
            np.multiply(d, positive, d)

        return forward, backward
