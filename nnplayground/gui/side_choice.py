"""Choosing a side of the split: what the network learns from, or what it is tested on."""

from __future__ import annotations

from nnplayground.gui.named_choice import NamedChoice
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

NAME = Text("Which samples", "どのデータを見るか")
SIDES = {"test": Text("Test data", "テストデータ"), "train": Text("Training data", "訓練データ")}


class SideChoice(NamedChoice):
    """The value is "test" or "train"."""

    def __init__(self, ui: Ui, object_name: str = "side_choice") -> None:
        super().__init__(ui, object_name, NAME, SIDES)
