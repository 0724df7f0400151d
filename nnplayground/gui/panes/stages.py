"""Words and place of the pane `From pen to network`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, panes
from nnplayground.gui.panes.digit import DigitPane
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment


@panes.register
class StagesPane(Pane):
    """What is done to a drawing before the network gets it."""

    id = "stages"
    label = Text("From pen to network", "入力ができるまで")
    help = Text(
        "What is done to your drawing before the network gets it. Switch a step off, and see why digits that are "
        "small, thin or off-centre are misread elsewhere.",
        "描いた数字がネットワークに渡るまでの前処理です。手順を切ると、小さい字や細い字、"
        "中央からずれた字がなぜ誤読されるのかがわかります。",
    )
    try_it = Text(
        "Switch “Centred” off and draw in a corner.",
        "「重心合わせ」をオフにして、隅に描いてみましょう。",
    )
    icon = "stages"
    group = "digits"
    behind = "activation"
    unsuited = DigitPane.unsuited
    instead = "digits"

    def suits(self, experiment: Experiment) -> bool:
        return DigitPane().suits(experiment)

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.stages import StagesView

        return StagesView(desk)
