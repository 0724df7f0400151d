"""Words and place of the pane `What would make it a …?`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import panes
from nnplayground.gui.panes._drawn import DrawnPane
from nnplayground.text import Text


@panes.register
class InkChangePane(DrawnPane):
    """A counterfactual drawing."""

    id = "ink_change"
    label = Text("What would make it a …?", "どう変えれば別の数字に？")
    help = Text(
        "The fewest pixels found that turn your drawing into another digit for this network: blue ones to add, orange "
        "ones to erase. A person would often see no difference.",
        "描いた数字をこのネットワークに別の数字と読ませるための、なるべく少ない画素の変更です。青は塗る画素、"
        "オレンジは消す画素です。人の目にはほとんど違って見えないこともあります。",
    )
    try_it = Text(
        "Draw a 3 and ask for an 8: see which pixels are missing.",
        "3 を描いて 8 を選び、どの画素が足りないかを見ましょう。",
    )
    icon = "ink-change"
    group = "digits"

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.ink_change import InkChangeView

        return InkChangeView(desk)
