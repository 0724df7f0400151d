from __future__ import annotations

from dataclasses import dataclass

from nnplayground.engine.schedules import Schedule, schedules
from nnplayground.registry import option
from nnplayground.text import Text


@schedules.register
@dataclass(frozen=True)
class WarmUp(Schedule):
    """From `start` up to 1 along a straight line in `length` epochs, then 1."""

    id = "warm_up"
    label = Text("Warm-up", "ウォームアップ")
    formula = "η(t) = η · [s + (1 − s) t/T]  (t < T),  η"
    help = Text(
        "Starts with small steps while the weights are still random, and raises the learning rate to its value.",
        "重みがまだでたらめな最初のうちは学習率を小さくし、設定した値まで上げていきます。",
    )
    try_it = Text(
        "Use a rate that diverges at once, and let it warm up for two epochs.",
        "すぐに発散する学習率を選び、2 エポックかけて上げていきましょう。",
    )
    order = 50

    length: float = option(1.0, Text("Length (epochs) T", "長さ（エポック）T"), low=0.01, high=1e6, log=True, live=True)
    start: float = option(0.1, Text("Factor at the start s", "最初の倍率 s"), low=0.0, high=1.0, live=True)

    def factor(self, epoch: float) -> float:
        share = min(epoch / self.length, 1.0)
        return self.start + (1 - self.start) * share
