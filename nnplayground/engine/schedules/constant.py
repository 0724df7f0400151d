from __future__ import annotations

from nnplayground.engine.schedules import Schedule, schedules
from nnplayground.text import Text


@schedules.register
class Constant(Schedule):
    """The factor is always 1."""

    id = "constant"
    label = Text("Constant", "一定")
    formula = "η(t) = η"
    help = Text("The learning rate stays as it is set.", "学習率を設定した値のまま変えません。")
    order = 10

    def factor(self, epoch: float) -> float:
        return 1.0
