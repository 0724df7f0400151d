from __future__ import annotations

from dataclasses import dataclass

from nnplayground.engine.schedules import Schedule, schedules
from nnplayground.registry import option
from nnplayground.text import Text


@schedules.register
@dataclass(frozen=True)
class Cyclical(Schedule):
    """From `low` up to 1 and back along straight lines, over and over in `period` epochs: Smith 2017."""

    id = "cyclical"
    label = Text("Cyclical", "周期的に変える")
    formula = "η(t) = η · [l + (1 − l)(1 − |2(t mod T)/T − 1|)]"
    help = Text(
        "Raises and lowers the learning rate again and again: large steps to get out of a hollow, small ones to settle.",
        "学習率の上げ下げを繰り返します。大きな歩幅で窪地を抜け、小さな歩幅で落ち着きます。",
    )
    try_it = Text(
        "Watch the loss rise and fall with the rate.",
        "学習率と一緒に損失が上下する様子を見ましょう。",
    )
    order = 60

    period: float = option(4.0, Text("Period (epochs) T", "周期（エポック）T"), low=0.01, high=1e6, log=True, live=True)
    low: float = option(0.1, Text("Lowest factor l", "最小の倍率 l"), low=0.0, high=1.0, live=True)

    def factor(self, epoch: float) -> float:
        share = epoch % self.period / self.period
        return self.low + (1 - self.low) * (1 - abs(2 * share - 1))
