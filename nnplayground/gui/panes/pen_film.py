"""Words and place of the pane `Pen film`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import panes
from nnplayground.gui.panes._drawn import DrawnPane
from nnplayground.text import Text


@panes.register
class PenFilmPane(DrawnPane):
    """What was read while the digit was drawn."""

    id = "pen_film"
    label = Text("Pen film", "描く途中の答え")
    help = Text(
        "Go through the drawing again, and see what the network read at each moment and where it changed its mind.",
        "描いた過程をたどり直し、その時々にネットワークが何と読んだか、どこで答えが変わったかを見ます。",
    )
    try_it = Text(
        "Draw a 9 slowly and find the moment at which it stops being a 0.",
        "9 をゆっくり描き、0 ではなくなる瞬間を探しましょう。",
    )
    icon = "film"
    group = "digits"

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.pen_film import PenFilmView

        return PenFilmView(desk)
