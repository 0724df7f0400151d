"""Words and place of the pane `Loss and accuracy`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, panes
from nnplayground.text import Text


@panes.register
class LossPane(Pane):
    """Loss and accuracy, for training and for testing."""

    id = "loss"
    label = Text("Loss and accuracy", "損失と精度")
    help = Text(
        "How wrong the network is: on what it learns from, and on what it has never seen. "
        "If only the first goes on falling, it learns by heart.",
        "ネットワークがどれだけ間違えるかを、学習に使うデータと、見たことのないデータで示します。"
        "前者だけが下がり続けるなら、丸暗記（過学習）です。",
    )
    try_it = Text(
        "Raise the learning rate tenfold while it trains, and see the curve jump.",
        "学習中に学習率を 10 倍にして、曲線が跳ねる様子を見ましょう。",
    )
    icon = "chart"
    group = "training"
    order = 10
    share = 58

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.loss import LossView

        return LossView(desk)
