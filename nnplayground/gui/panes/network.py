"""The picture of the network, alive: weights as lines, units as what they answer, both open to the hand."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, panes
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment


@panes.register
class NetworkPane(Pane):
    """Layers, units and links, drawn live."""

    id = "network"
    label = Text("Network", "ネットワーク")
    help = Text(
        "Each line is a weight: the thicker the larger, blue above zero, orange below. "
        "Each unit shows what it answers over all inputs; the small square is its bias.",
        "線は重みで、太いほど大きく、青は正、オレンジは負です。"
        "ユニットの中の絵は、入力ごとのそのユニットの出力、小さな四角はバイアスです。",
    )
    try_it = Text(
        "Silence a hidden unit and watch which answers suffer.",
        "中間層のユニットを 1 つ休ませ、どの答えが悪くなるかを見ましょう。",
    )
    icon = "network"
    group = "network"
    behind = "activation"

    def leads(self, experiment: Experiment) -> bool:
        return experiment.dataset.lies_on_plane or experiment.dataset.input_shape == (1,)

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.network.view import NetworkView

        return NetworkView(desk)
