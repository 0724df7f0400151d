"""Words and place of the pane `One sample's way`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, panes
from nnplayground.text import Text


@panes.register
class SampleWayPane(Pane):
    """One sample, forward and backward."""

    id = "sample_way"
    label = Text("One sample's way", "1 件のデータの道のり")
    help = Text(
        "Follows one sample forward (sums u, outputs a) and back (δ = ∂E/∂u), in steps from a single product to an "
        "epoch. Click a neuron or a line: the sum and the chain rule stand below with their numbers.",
        "1 件のデータを順伝播（入力総和 u、出力 a）と逆伝播（δ = ∂E/∂u）で追います。1 歩は 1 つの積から 1 エポックまで。"
        "ニューロンや線をクリックすると、和と連鎖律の式が数値で出ます。",
    )
    try_it = Text(
        "Press the step button through forward and backward pass, and check one number on paper.",
        "ステップのボタンで順伝播と逆伝播をたどり、数値を 1 つ紙の上で確かめましょう。",
    )
    formula = "∂E/∂w = x · f′(u) · ∂E/∂a"
    icon = "network"
    group = "inside"
    order = 43
    behind = "loss"
    opened = False

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.sample_way import SampleWayView

        return SampleWayView(desk)
