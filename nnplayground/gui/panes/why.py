"""Words and place of the pane `Why this answer?`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import panes
from nnplayground.gui.panes._drawn import DrawnPane
from nnplayground.text import Text


@panes.register
class WhyPane(DrawnPane):
    """Reasons for an answer."""

    id = "why"
    label = Text("Why this answer?", "なぜこの答え？")
    help = Text(
        "Which pixels and which hidden units spoke for the answer, which training digits are most like your drawing, "
        "and why it is not another digit.",
        "どの画素、どの中間層のユニットが答えの決め手になったか、描いた数字に似た訓練データはどれか、"
        "なぜほかの数字ではないのかを示します。",
    )
    try_it = Text(
        "Ask why it is not the second guess, and erase the pixels that spoke for the answer.",
        "次点ではない理由を見て、決め手になった画素を避けて描き直しましょう。",
    )
    icon = "why"
    group = "digits"

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.why import WhyView

        return WhyView(desk)
