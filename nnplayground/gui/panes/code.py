"""Words and place of the pane `Code`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, panes
from nnplayground.text import Text


@panes.register
class CodePane(Pane):
    """Keras's words for what the designer shows."""

    id = "code"
    label = Text("Code", "コード")
    help = Text(
        "The experiment as a Python script in Keras's words; it follows each change and gives the very same numbers.",
        "実験を Keras の書き方の Python スクリプトで表示します。変更のたびに書き直され、動かすとまったく同じ値になります。",
    )
    try_it = Text(
        "Change the number of units and see the same line change in the code.",
        "ユニット数を変え、コードの同じ行が変わることを確かめましょう。",
    )
    icon = "program"
    group = "network"
    behind = "activation"
    opened = False
    order = 60

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.code import CodeView

        return CodeView(desk)
