"""Words and place of the pane `Layer in two dimensions`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, panes
from nnplayground.text import Text


@panes.register
class EmbeddingPane(Pane):
    """Embedding of a layer by its principal components."""

    id = "embedding"
    label = Text("Layer in two dimensions", "層の 2 次元表示")
    help = Text(
        "Each sample where the selected layer puts it, along the two directions in which its outputs spread most "
        "(principal components). A layer that has learnt pulls the classes apart.",
        "選んだ層の出力を、ばらつきの最も大きい 2 方向（主成分）に並べた図です。学習が進むとクラスが離れていきます。",
    )
    try_it = Text(
        "Step from the first to the last layer and watch the classes come apart.",
        "最初の層から最後の層へ切り替え、クラスが分かれていく様子を見ましょう。",
    )
    icon = "data"
    group = "inside"
    order = 48
    behind = "loss"
    opened = False

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.embedding import EmbeddingView

        return EmbeddingView(desk)
