"""Words and place of the pane `Explanation`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, panes
from nnplayground.text import Text


@panes.register
class ExplanationPane(Pane):
    """The explanation card."""

    id = "explanation"
    label = Text("Explanation", "説明")
    help = Text("Explains what is selected or pointed at.", "選んだものや指しているものを説明します。")
    try_it = Text(
        "Press ? in the toolbar and click on anything.",
        "ツールバーの ? を押してから、知りたいものをクリックしましょう。",
    )
    icon = "book"
    group = "words"
    column = "left"
    order = 90
    share = 20

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.explanation import ExplanationView

        return ExplanationView(desk)
