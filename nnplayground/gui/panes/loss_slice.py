"""Words and place of the pane `Loss slice`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, panes
from nnplayground.text import Text


@panes.register
class LossSlicePane(Pane):
    """Loss slice."""

    id = "loss_slice"
    label = Text("Loss slice", "損失の断面")
    help = Text(
        "The loss along one parameter, the others held fixed, with the secant of numerical differentiation: drag its "
        "step. Or over a plane of two directions, with the way the run came.",
        "ほかを固定して 1 つのパラメータだけ動かしたときの損失と、数値微分の割線です。刻み幅はドラッグで変わります。"
        "2 方向の面にすると、学習の道のりも見えます。",
    )
    try_it = Text(
        "Drag h smaller: the secant turns into the tangent – until rounding spoils it.",
        "h を小さくしましょう。割線が接線に近づきますが、小さすぎると丸め誤差で崩れます。",
    )
    formula = "[E(w + h) − E(w − h)] / 2h"
    icon = "chart"
    group = "training"
    order = 45
    behind = "loss"
    opened = False

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.loss_slice import LossSliceView

        return LossSliceView(desk)
