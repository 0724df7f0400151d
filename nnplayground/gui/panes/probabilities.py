"""Words and place of the pane `What the network reads`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, panes
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment


@panes.register
class ProbabilitiesPane(Pane):
    """Softmax outputs."""

    id = "probabilities"
    label = Text("What the network reads", "ネットワークの答え")
    help = Text(
        "The probability of each class. It follows while you draw, and while the network learns.",
        "各クラスの確率です。描いている間も、学習している間も変わり続けます。",
    )
    try_it = Text(
        "Draw something between 4 and 9 and find the stroke that tips the balance.",
        "4 と 9 の中間を描き、答えがひっくり返る線を探しましょう。",
    )
    icon = "bars"
    group = "digits"
    from_start = True
    column = "right"
    order = 20
    share = 42
    unsuited = Text(
        "This network gives values, not classes, so there are no probabilities.",
        "このネットワークの出力はクラスではなく数値なので、確率はありません。",
    )
    instead = "digits"

    def suits(self, experiment: Experiment) -> bool:
        return experiment.dataset.task.is_classification

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.probabilities import ProbabilitiesView

        return ProbabilitiesView(desk)
