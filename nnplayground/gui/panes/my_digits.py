"""Words and place of the pane `My digits`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, panes
from nnplayground.text import Text


@panes.register
class MyDigitsPane(Pane):
    """My digits."""

    id = "my_digits"
    label = Text("My digits", "自分の数字")
    help = Text(
        "The digits you drew and kept, with their labels. Those that the network misreads are marked. "
        "Press a digit key to correct a label, Delete to take one away, Enter to draw it again.",
        "描いて残した数字とそのラベルです。ネットワークが読み違えるものには印が付きます。"
        "数字キーでラベルを直し、Delete キーで削除、Enter キーでもう一度描きます。",
    )
    try_it = Text(
        "Keep ten of your own digits and train on them.",
        "自分の数字を 10 個残し、学習に使いましょう。",
    )
    icon = "keep"
    group = "digits"
    behind = "activation"
    opened = False

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.my_digits import MyDigitsView

        return MyDigitsView(desk)
