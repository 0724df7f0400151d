"""Words and place of the pane `Kernels and feature maps`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, panes
from nnplayground.text import Text


@panes.register
class FeatureMapsPane(Pane):
    """Kernels and feature maps."""

    id = "feature_maps"
    label = Text("Kernels and feature maps", "カーネルと特徴マップ")
    help = Text(
        "The weights of each unit of the selected layer as an image (blue positive, orange negative), and what each "
        "finds in the digit you draw. Choose the layer here or in the designer.",
        "選んだ層の各ユニットの重みを画像で示します（青が正、オレンジが負）。描いた数字から各ユニットが取り出した"
        "特徴も見られます。層はここかネットワークの設計で選べます。",
    )
    try_it = Text(
        "Draw only a horizontal line and look for the kernel that answers.",
        "横線だけを描き、反応するカーネルを探しましょう。",
    )
    icon = "eye"
    group = "inside"
    order = 47
    behind = "loss"
    opened = False

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.feature_maps import FeatureMapsView

        return FeatureMapsView(desk)
