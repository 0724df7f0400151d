from __future__ import annotations

import math
from dataclasses import dataclass

from nnplayground.engine.schedules import Schedule, schedules
from nnplayground.registry import option
from nnplayground.text import Text


@schedules.register
@dataclass(frozen=True)
class Steps(Schedule):
    """drop^floor(t / every)."""

    id = "step"
    label = Text("Steps", "段階的に下げる")
    formula = "η(t) = η · d^⌊t / T⌋"
    help = Text(
        "Keeps the learning rate for some epochs, then lowers it by a factor, again and again.",
        "決まったエポック数ごとに、学習率に一定の割合をかけて下げます。",
    )
    try_it = Text(
        "Let the rate drop after 5 epochs and watch the loss step down with it.",
        "5 エポックごとに下げ、損失が一緒に段を下りる様子を見ましょう。",
    )
    order = 20

    every: float = option(10.0, Text("Every (epochs) T", "間隔（エポック）T"), low=0.01, high=1e6, log=True, live=True)
    drop: float = option(0.5, Text("Factor d", "倍率 d"), low=0.001, high=1.0, live=True)

    def factor(self, epoch: float) -> float:
        return float(self.drop ** math.floor(epoch / self.every))
