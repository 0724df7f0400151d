"""Words and place of the pane `Paint data`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, panes
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment


@panes.register
class PointsPane(Pane):
    """Paint data on the plane."""

    id = "points"
    label = Text("Paint data", "データを描く")
    help = Text(
        "Paint training data of your own, erase and move it, or drop a table with the columns x1, x2, class on it. "
        "The network goes on learning with what it knows.",
        "訓練データを自分で描き、消し、動かせます。x1, x2, クラスの 3 列の表をドロップすることもできます。"
        "ネットワークは学んだことを保ったまま学習を続けます。",
    )
    try_it = Text(
        "Paint two clouds, then put one point of the first into the second.",
        "点の集まりを 2 つ描き、片方の中にもう片方の点を 1 つ置いてみましょう。",
    )
    icon = "pen"
    group = "plane"
    column = "right"
    behind = "digit"
    order = 120
    unsuited = Text(
        "Points can be painted for a classification on the plane.", "点は、平面上の分類のデータに描けます。"
    )
    instead = "three-classes"

    def suits(self, experiment: Experiment) -> bool:
        return experiment.dataset.lies_on_plane and experiment.dataset.task.is_classification

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.points import PointsView

        return PointsView(desk)
