"""Words and place of the pane `Decision map`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, panes
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment


@panes.register
class DecisionMapPane(Pane):
    """Decision map of data on the plane."""

    id = "decision_map"
    label = Text("Decision map", "決定境界")
    help = Text(
        "What the network would answer at each point of the plane, the stronger the colour the surer. Lines join "
        "points where a class is equally probable. Point at a place to see its probabilities.",
        "平面の各点でのネットワークの答えです。色が濃いほど自信があり、線はあるクラスの確率が等しい点を結びます。"
        "点を指すとその場所の確率が出ます。",
    )
    try_it = Text(
        "Switch the hidden layer from tanh to ReLU: smooth borders turn into straight pieces.",
        "中間層を tanh から ReLU に変えましょう。なめらかな境界が折れ線になります。",
    )
    icon = "data"
    group = "plane"
    column = "right"
    behind = "digit"
    unsuited = Text(
        "The decision map needs data with two inputs, which lie on a plane.",
        "決定境界は、入力が 2 つ（平面上の点）のデータで表示できます。",
    )
    instead = "three-classes"

    def suits(self, experiment: Experiment) -> bool:
        return experiment.dataset.lies_on_plane

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.decision_map import DecisionMapView

        return DecisionMapView(desk)
