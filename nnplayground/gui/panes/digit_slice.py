"""Words and place of the pane `Slice of digit space`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import panes
from nnplayground.gui.panes._drawn import DrawnPane
from nnplayground.text import Text


@panes.register
class DigitSlicePane(DrawnPane):
    """The plane through three digits."""

    id = "digit_slice"
    label = Text("Slice of digit space", "数字空間の断面")
    help = Text(
        "A decision map for images: each place is a blend of three digits, coloured by what the network reads there. "
        "It follows the training; drag the letters, or choose other digits.",
        "画像の決定境界です。各点は 3 つの数字を混ぜた画像で、ネットワークの答えで色分けされます。"
        "学習に合わせて変わります。文字をドラッグしたり、別の数字を選んだりできます。",
    )
    try_it = Text(
        "Drag corner A onto the border of two colours and look at the blended image.",
        "角 A を 2 つの色の境目まで動かし、混ざった画像を見ましょう。",
    )
    icon = "slice"
    group = "digits"

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.digit_slice import DigitSliceView

        return DigitSliceView(desk)
