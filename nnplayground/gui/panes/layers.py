"""Words and place of the pane `Inside the layers`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, panes
from nnplayground.text import Text


@panes.register
class LayersPane(Pane):
    """All layers, live."""

    id = "layers"
    label = Text("Inside the layers", "各層の様子")
    help = Text(
        "For each layer the histograms of its sums, outputs, parameters and gradients, and how many units are dead or "
        "saturated. Below: how large the gradient is that reaches each layer. With many sigmoid layers it vanishes.",
        "各層の入力総和・出力・パラメータ・勾配のヒストグラムと、停止・飽和したユニットの割合です。"
        "下のグラフは各層に届く勾配の大きさで、シグモイドの層を重ねると消えていきます。",
    )
    try_it = Text(
        "Drag the number of hidden layers to 8 with sigmoid: the lowest gradient all but disappears.",
        "シグモイドのまま中間層を 8 つにしましょう。最初の層の勾配がほとんど消えます。",
    )
    icon = "layers"
    group = "inside"
    order = 41
    behind = "loss"
    opened = False

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.layers import LayersView

        return LayersView(desk)
