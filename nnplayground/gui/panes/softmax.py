"""Words and place of the pane `Softmax bench`."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QWidget,
)

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, panes
from nnplayground.text import Text


@panes.register
class SoftmaxPane(Pane):
    """The softmax bench."""

    id = "softmax"
    label = Text("Softmax bench", "ソフトマックスの実験")
    help = Text(
        "Drag the scores and see how softmax turns them into shares that add to 1, beside sigmoids and shares "
        "without e. Large scores break the naive formula.",
        "スコアを動かすと、ソフトマックスが合計 1 の割合に変える様子が見えます。シグモイドや e を使わない割合と"
        "比べられます。スコアが大きいと素朴な式は壊れます。",
    )
    try_it = Text(
        "Add 100 to all scores: the probabilities stay as they are.",
        "すべての得点に 100 を足しましょう。確率は変わりません。",
    )
    formula = "y_k = exp(a_k / T) / Σ_j exp(a_j / T)"
    icon = "bars"
    group = "network"
    order = 46
    behind = "loss"
    opened = False

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.softmax import SoftmaxView

        return SoftmaxView(desk)
