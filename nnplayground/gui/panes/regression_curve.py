"""Words and place of the pane `Curve`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, panes
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment


@panes.register
class RegressionCurvePane(Pane):
    """The curve that the network draws through data with one input."""

    id = "regression_curve"
    label = Text("Curve", "回帰曲線")
    help = Text(
        "What the network gives for each x, with the data it learns from (filled) and is tested on (hollow). The thin "
        "lines are the units of the last hidden layer: the curve is their weighted sum.",
        "各 x に対するネットワークの出力と、訓練データ（塗りつぶし）・テストデータ（白抜き）です。"
        "細い線は最後の中間層のユニットで、その重みつきの和が曲線になります。",
    )
    try_it = Text(
        "Lower the hidden units to 1: the curve can bend only once.",
        "中間層のユニットを 1 個に減らしましょう。曲線は 1 回しか曲がれません。",
    )
    icon = "chart"
    group = "plane"
    column = "right"
    order = 12
    behind = "digit"
    unsuited = Text(
        "The curve needs data with a single input.",
        "回帰曲線は、入力が 1 つのデータで表示できます。",
    )
    instead = "sine"

    def suits(self, experiment: Experiment) -> bool:
        return experiment.dataset.input_shape == (1,) and not experiment.dataset.task.is_classification

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.regression_curve import RegressionCurveView

        return RegressionCurveView(desk)
