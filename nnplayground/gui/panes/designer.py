"""Data, layers and training settings."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, panes
from nnplayground.text import Text


@panes.register
class DesignerPane(Pane):
    """The network designer."""

    id = "designer"
    label = Text("Network designer", "ネットワークの設計")
    help = Text(
        "Choose the data, build the network layer by layer, and set how it learns. Every change can be undone.",
        "データを選び、層を重ねてネットワークを作り、学習のしかたを決めます。変更はすべて元に戻せます。",
    )
    try_it = Text(
        "Select a layer, change its number of units, and watch all panels follow.",
        "層を選んでユニット数を変え、すべてのパネルが追いかける様子を見ましょう。",
    )
    icon = "layers"
    group = "network"
    from_start = True
    column = "left"
    order = 10
    share = 80

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.designer.panel import DesignerPanel

        panel = DesignerPanel(desk.ui, desk.document, desk.nest)
        for fold in panel.folds:
            desk.later.do(fold.make, last=True)
        panel.explain.connect(desk.explain)
        panel.training.rates_wanted.connect(lambda: desk.pane_wanted.emit("race"))
        panel.training.rates_wanted.connect(desk.racing.start_rates)
        return panel
