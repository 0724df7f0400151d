"""Words and place of the pane `Generated handwriting`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, panes
from nnplayground.text import Text


@panes.register
class HandwritingPane(Pane):
    """Generated digits."""

    id = "handwriting"
    label = Text("Generated handwriting", "生成した手書き数字")
    help = Text(
        "Digits that the program makes up, to learn from without a download. Move a slider and see what it does; choose "
        "one digit to see all the ways in which people write it.",
        "ダウンロードなしで学習に使える、プログラムが作る数字です。スライダーで書きぐせの効果を確かめ、"
        "数字を 1 つ選ぶと、その書き方の種類をすべて見られます。",
    )
    try_it = Text(
        "Change the slant and test in “Draw a digit” whether your own hand is still read.",
        "傾斜を変えて学習させ、自分の字がまだ読めるかを「数字を描く」で試しましょう。",
    )
    icon = "handwriting"
    group = "digits"
    behind = "activation"
    opened = False

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.handwriting import HandwritingView

        return HandwritingView(desk)
