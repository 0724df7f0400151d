"""Words and place of the pane `Race`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, panes
from nnplayground.text import Text


@panes.register
class RacePane(Pane):
    """Lanes side by side."""

    id = "race"
    label = Text("Race", "競走")
    help = Text(
        "Copies of the network start from the same parameters and see the same batches, with one thing changed in each. "
        "What differs afterwards comes from that one thing.",
        "ネットワークのコピーが、同じパラメータから同じミニバッチで学習します。違うのは 1 か所だけなので、"
        "結果の差はその 1 か所から来たものだと分かります。",
    )
    try_it = Text(
        "Race three learning rates and adopt the winner with one click.",
        "3 つの学習率を競走させ、勝ったものをクリック 1 つで採用しましょう。",
    )
    icon = "fork"
    group = "training"
    behind = "loss"
    order = 12

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.race import RaceView

        return RaceView(desk)
