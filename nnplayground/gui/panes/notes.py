"""Words and place of the pane `Notes`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, panes
from nnplayground.text import Text


@panes.register
class NotesPane(Pane):
    """A sheet to write on."""

    id = "notes"
    label = Text("Notes", "メモ")
    help = Text(
        "Write down what you tried and what you saw; the notes are saved in the experiment file.",
        "試したことや気づいたことを書いておけます。メモは実験ファイルに保存されます。",
    )
    try_it = Text(
        "Write down what you expect before you press play.",
        "再生を押す前に、結果の予想を書いておきましょう。",
    )
    icon = "book"
    group = "words"
    column = "left"
    order = 95
    behind = "explanation"
    opened = False

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.notes import NotesView

        return NotesView(desk)
