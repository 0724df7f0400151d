"""Words and place of the pane `Draw a digit`."""

from __future__ import annotations

import math

from PySide6.QtWidgets import QWidget

from nnplayground.data.strokes import SIZE
from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, panes
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment


@panes.register
class DigitPane(Pane):
    """Draw a digit."""

    id = "digit"
    label = Text("Draw a digit", "数字を描く")
    help = Text(
        "Draw with mouse, pen or finger; the network reads while you draw.",
        "マウス、ペン、指で描けます。描いている間もネットワークが読み取ります。",
    )
    try_it = Text(
        "Draw a 7, then add a bar across it, and watch the bars change while the pen moves.",
        "7 を描いてから横棒を足し、ペンの動きにつれて棒グラフが変わる様子を見ましょう。",
    )
    icon = "digit"
    group = "digits"
    from_start = True
    column = "right"
    order = 10
    share = 58
    unsuited = Text(
        "This network does not read images, so there is nothing to draw for it.",
        "このネットワークは画像を読まないので、数字を描いても判定できません。",
    )
    instead = "digits"

    def suits(self, experiment: Experiment) -> bool:
        return math.prod(experiment.dataset.input_shape) == SIZE * SIZE

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.digit import DigitView

        return DigitView(desk)
