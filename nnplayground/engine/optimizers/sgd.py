from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from nnplayground.engine.arrays import Array, Pass
from nnplayground.engine.optimizers import optimizers
from nnplayground.engine.optimizers._stepping import Stepping
from nnplayground.text import Text


@optimizers.register
class SGD(Stepping):
    """w <- w - rate * g."""

    id = "sgd"
    label = Text("SGD", "SGD（確率的勾配降下法）")
    formula = "w ← w − η ∂E/∂w"
    help = Text(
        "Plain gradient descent on one mini-batch at a time: a step straight downhill.",
        "ミニバッチごとの勾配降下法です。その場で一番急な下り方向へ一歩進みます。",
    )
    try_it = Text(
        "Open “Loss slice”, choose the path, and watch it zigzag down the valley.",
        "「損失の断面」で経路を選び、谷をジグザグに下る様子を見ましょう。",
    )
    order = 10

    def move(self, p: Array, step: Array, state: Sequence[Array], work: Array) -> None:
        np.subtract(p, step, p)

    def moving(self, p: Array, step: Array, state: Sequence[Array], work: Array) -> Pass:
        return partial(np.subtract, p, step, p)
