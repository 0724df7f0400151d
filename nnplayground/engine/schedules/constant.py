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
    try_it = Text(
        "Choose a rate at which the loss jumps about, then change to “Cosine”.",
        "損失が揺れる学習率を選んでから、「コサイン状に下げる」に変えてみましょう。",
    )
    order = 10

    def factor(self, epoch: float) -> float:
        return 1.0
