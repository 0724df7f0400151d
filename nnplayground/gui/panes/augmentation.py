"""Words and place of the pane `Augmentation`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import panes
from nnplayground.gui.panes._drawn import DrawnPane
from nnplayground.text import Text


@panes.register
class AugmentationPane(DrawnPane):
    """Changes made to training images."""

    id = "augmentation"
    label = Text("Augmentation", "データ拡張")
    help = Text(
        "Images that are moved, turned, scaled, bent and redrawn at random each time teach the digit and not the image. "
        "Switch each change on and off, also while the network learns.",
        "画像を見るたびに、ずらす・回す・拡大縮小する・曲げる・太さを変えるなどして、画像そのものではなく"
        "数字の形を学ばせます。学習中でも 1 つずつ切り替えられます。",
    )
    try_it = Text(
        "Drag “Rotate” to the right until a 6 could be a 9.",
        "「回転」を右に動かし、6 と 9 の区別がつかなくなる所を探しましょう。",
    )
    icon = "augmentation"
    group = "digits"

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.augmentation import AugmentationView

        return AugmentationView(desk)
