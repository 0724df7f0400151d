"""Words and place of the pane `Gradient bars`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, panes
from nnplayground.text import Text


@panes.register
class GradientBarsPane(Pane):
    """Gradient bars."""

    id = "gradient_bars"
    label = Text("Gradient bars", "勾配の棒グラフ")
    help = Text(
        "The gradient of each parameter as a bar, in the colour of its layer: found numerically and by "
        "backpropagation. They agree, but one is far quicker.",
        "各パラメータの勾配を、層ごとの色の棒で示します。数値微分でも誤差逆伝播でも同じ値になりますが、速さは大違いです。",
    )
    try_it = Text(
        "Press step and watch the bars change: a short bar is no sign of a good weight.",
        "1 ステップ進めて棒の変化を見ましょう。棒が短くても、良い重みとは限りません。",
    )
    formula = "∂E/∂w ≈ [E(w + ε) − E(w − ε)] / 2ε"
    icon = "bars"
    group = "training"
    order = 44
    behind = "loss"
    opened = False

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.gradient_bars import GradientBarsView

        return GradientBarsView(desk)
