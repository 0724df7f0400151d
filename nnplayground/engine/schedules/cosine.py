from __future__ import annotations

import math
from dataclasses import dataclass

from nnplayground.engine.schedules import Schedule, schedules
from nnplayground.registry import option
from nnplayground.text import Text


@schedules.register
@dataclass(frozen=True)
class Cosine(Schedule):
    """From 1 down to `final` along half a cosine in `length` epochs, and no further: Loshchilov and Hutter 2017."""

    id = "cosine"
    label = Text("Cosine", "コサイン状に下げる")
    formula = "η(t) = η · [f + (1 − f)(1 + cos(πt/T)) / 2]"
    help = Text(
        "Lowers the learning rate slowly at first, then faster, and gently again at the end.",
        "はじめはゆっくり、途中は速く、最後は再びゆるやかに学習率を下げます。",
    )
    try_it = Text(
        "Make its length as long as the training and read the last loss.",
        "長さを学習全体に合わせ、最後の損失を読みましょう。",
    )
    order = 40

    length: float = option(
        10.0, Text("Length (epochs) T", "長さ（エポック）T"), low=0.01, high=1e6, log=True, live=True
    )
    final: float = option(0.0, Text("Factor at the end f", "最後の倍率 f"), low=0.0, high=1.0, live=True)

    def factor(self, epoch: float) -> float:
        share = min(epoch / self.length, 1.0)
        return self.final + (1 - self.final) * (1 + math.cos(math.pi * share)) / 2
