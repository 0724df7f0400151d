"""A choice among a few things whose names are there in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QComboBox

from nnplayground.gui.ui import Ui
from nnplayground.text import Text


class NamedChoice(QComboBox):
    """Item data is the key of `choices`; `name` is what is chosen here."""

    def __init__(self, ui: Ui, object_name: str, name: Text, choices: Mapping[str, Text]) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for place, (key, words) in enumerate(choices.items()):
            self.addItem("", key)
            ui.bind(partial(self.setItemText, place), words, self)
        ui.bind(self.setAccessibleName, name, self)
        ui.bind(self.setToolTip, name, self)

    @property
    def value(self) -> str:
        """The key of what is chosen."""
        return str(self.currentData())

    def choose(self, key: str) -> None:
        """Choose what has this key."""
        self.setCurrentIndex(self.findData(key))
