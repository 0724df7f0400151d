from __future__ import annotations

from dataclasses import dataclass

from nnplayground.engine.schedules import Schedule, schedules
from nnplayground.registry import option
from nnplayground.text import Text


@schedules.register
@dataclass(frozen=True)
class Exponential(Schedule):
    """decay^t."""

    id = "exponential"
    label = Text("Exponential", "指数的に下げる")
    formula = "η(t) = η · dᵗ"
    help = Text(
        "Lowers the learning rate a little all the time, by the same share each epoch.",
        "エポックごとに同じ割合で、学習率を少しずつ下げ続けます。",
    )
    try_it = Text(
        "Set d to 0.9, then to 0.5: too quick, and it stops before it has arrived.",
        "d を 0.9 と 0.5 にしましょう。速く下げすぎると、たどり着く前に止まります。",
    )
    order = 30

    decay: float = option(0.95, Text("Factor per epoch d", "1 エポックあたりの倍率 d"), low=0.001, high=1.0, live=True)

    def factor(self, epoch: float) -> float:
        return float(self.decay**epoch)
