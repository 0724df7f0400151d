"""Words and place of the pane `Glossary`."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QWidget,
)

from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, panes
from nnplayground.text import Text


@panes.register
class GlossaryPane(Pane):
    """Technical words in both languages."""

    id = "glossary"
    label = Text("Glossary", "用語集")
    help = Text(
        "Every technical word with its name in English and Japanese, its formula and one sentence.",
        "専門用語の日本語と英語の名前、式、短い説明を引けます。",
    )
    try_it = Text(
        "Type “gradient” and go through the cards with the arrow keys.",
        "「勾配」と入力し、矢印キーでカードを順に読みましょう。",
    )
    icon = "label"
    group = "words"
    order = 97
    behind = "activation"
    opened = False

    def build(self, desk: Desk) -> QWidget:
        from nnplayground.gui.views.glossary import GlossaryView

        return GlossaryView(desk)
