"""Words and place of the pane `Activation function`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, panes
from nnplayground.text import Text


@panes.register
class ActivationPane(Pane):
    """Activation function, its derivative, and the density of what goes into it."""

    id = "activation"
    label = Text("Activation function", "活性化関数")
    help = Text(
        "The function of the selected layer, its slope, and where the sums of its units lie: "
        "on a flat stretch no gradient passes.",
        "選んだ層の関数とその傾き、そしてユニットの入力総和の分布です。平らなところでは勾配が通りません。",
    )
    try_it = Text(
        "Choose another function for a hidden layer, and see where its sums lie on the curve.",
        "中間層の関数を変え、入力総和が曲線のどこに集まるかを見ましょう。",
    )
    icon = "activation"
    group = "network"
    order = 20
    share = 42

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.activation import ActivationView

        return ActivationView(desk)
