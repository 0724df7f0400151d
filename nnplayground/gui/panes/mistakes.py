"""Words and place of the pane `Right and wrong`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, panes
from nnplayground.text import Text


@panes.register
class MistakesPane(Pane):
    """Confusion matrix and gallery."""

    id = "mistakes"
    label = Text("Right and wrong", "正解と誤答")
    help = Text(
        "How often each class gets each answer, and what share of it is answered rightly. "
        "Click a cell to see its samples; at first the worst mistakes are shown.",
        "それぞれのクラスにどの答えが何回出たかと、クラスごとの正解率です。マスをクリックすると"
        "そのデータが見られます。はじめは最も悪い誤答が並びます。",
    )
    try_it = Text(
        "Click the largest number beside the diagonal and look at the digits behind it.",
        "対角線の外で一番大きい数をクリックし、その数字の画像を見ましょう。",
    )
    icon = "mark"
    group = "inside"
    order = 42
    behind = "loss"
    opened = False

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.mistakes import MistakesView

        return MistakesView(desk)
