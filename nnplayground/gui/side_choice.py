"""Choosing a side of the split: what the network learns from, or what it is tested on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from nnplayground.gui.ui import Ui
from nnplayground.text import Text

NAME = Text("Which samples", "どのデータを見るか")
SIDES = {"test": Text("Test data", "テストデータ"), "train": Text("Training data", "訓練データ")}


class SideChoice(QComboBox):
    """Item data is "test" or "train"."""

    chosen = Signal()

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        self.setObjectName("side_choice")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for place, (side, words) in enumerate(SIDES.items()):
            self.addItem("", side)
            ui.bind(partial(self.setItemText, place), words, self)
        ui.bind(self.setAccessibleName, NAME, self)
        self.currentIndexChanged.connect(lambda _: self.chosen.emit())

    @property
    def value(self) -> str:
        """The side that is chosen."""
        return str(self.currentData())
