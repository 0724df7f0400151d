from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnplayground.engine.arrays import Array
from nnplayground.engine.optimizers import optimizers
from nnplayground.engine.optimizers.adam import Adam
from nnplayground.registry import option
from nnplayground.text import Text


@optimizers.register
@dataclass(frozen=True)
class AdamW(Adam):
    """w <- w - rate * decay * w, then Adam: decay that Adam's scaling does not touch, Loshchilov and Hutter 2019.

    As in Keras, it acts on every parameter, biases too.
    """

    id = "adamw"
    label = Text("AdamW", "AdamW")
    formula = "w ← w − ηλw,  then Adam"
    help = Text(
        "Adam that also pulls every weight a little towards 0 at each step: a remedy for overfitting.",
        "Adam に加え、各ステップですべての重みを少しずつ 0 に近づけます。過学習への対策になります。",
    )
    try_it = Text(
        "Raise its decay and watch the histogram of the weights get narrower in “Inside the layers”.",
        "減衰を大きくし、「各層の様子」で重みの分布が狭くなることを確かめましょう。",
    )
    order = 65

    decay: float = option(0.004, Text("Decay λ", "減衰 λ"), low=0.0, high=1.0, live=True)

    def update(self, p: Array, g: Array, state: Sequence[Array], work: Array, rate: float, step: int) -> None:
        np.multiply(p, rate * self.decay, out=work)
        np.subtract(p, work, out=p)
        super().update(p, g, state, work, rate, step)
