from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.engine.activations import Activation, activations
from nnplayground.engine.arrays import Array
from nnplayground.registry import option
from nnplayground.text import Text


@activations.register
@dataclass(frozen=True)
class Step(Activation):
    """f(u) = 1 for u > 0, else 0 (0 at 0); f'(u) = 0.

    With the straight-through surrogate (Bengio et al. 2013) backpropagation takes f'(u) = 1 for |u| <= 1 instead.
    """

    id = "step"
    label = Text("Step", "ステップ関数")
    formula = "f(u) = 1 (u > 0),  0 (u ≤ 0)"
    derivative_formula = "f′(u) = 0"
    help = Text(
        "Fires or does not. Its slope is 0 everywhere, so gradient descent cannot move the weights behind it.",
        "発火するかしないかの二択です。傾きがどこでも 0 なので、勾配降下法ではその手前の重みが動きません。",
    )
    try_it = Text(
        "Start training with it in a hidden layer and watch the loss: without a slope there is hardly anything to learn from.",
        "中間層に選んで学習させ、損失を見ましょう。傾きがないので、ほとんど学習が進みません。",
    )
    order = 20
    kinks = (0.0,)

    surrogate: str = option(
        "none",
        Text("Stand-in slope", "代用の傾き"),
        help=Text(
            "Straight-through: learning pretends that the slope is 1 between −1 and 1. The function itself stays a step.",
            "ストレートスルー: 学習のときだけ、−1〜1 での傾きを 1 とみなします。関数そのものはステップのままです。",
        ),
        choices=("none", "straight-through"),
        names=(Text("None", "なし"), Text("Straight-through", "ストレートスルー")),
    )

    def forward(self, u: Array, out: Array) -> None:
        np.greater(u, 0, out=out)

    def backward(self, u: Array, a: Array, d: Array, work: Array) -> None:
        if self.surrogate == "none":
            d.fill(0)
        else:
            np.abs(u, out=work)
            np.less_equal(work, 1, out=work)
            d *= work
