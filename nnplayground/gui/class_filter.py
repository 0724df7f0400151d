"""Choosing one class of several, or all of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox

from nnplayground.gui.ui import Ui
from nnplayground.text import Text

NAME = Text("Show only one class", "1 つのクラスだけを表示")
ALL = Text("All", "全部")


class ClassFilter(QComboBox):
    """Item data is the class, -1 for all."""

    chosen = Signal(int)

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        self._ui = ui
        self._classes: tuple[str, ...] = ()
        self.addItem("", -1)
        ui.bind(self._name_all, ALL, self)
        ui.bind(self.setToolTip, NAME, self)
        self.currentIndexChanged.connect(lambda _: self.chosen.emit(self.value))

    @property
    def value(self) -> int:
        """The class that is shown; -1 for all."""
        return int(self.currentData())

    def set_classes(self, classes: Sequence[str]) -> None:
        """Offer these; the choice stays where it can."""
        if tuple(classes) == self._classes:
            return
        self._classes = tuple(classes)
        before = self.value
        with QSignalBlocker(self):
            while self.count() > 1:
                self.removeItem(1)
            for index, name in enumerate(classes):
                self.addItem(name, index)
            self.setCurrentIndex(max(self.findData(before), 0))
        if self.value != before:
            self.chosen.emit(self.value)

    @Slot(str)
    def _name_all(self, words: str) -> None:
        self.setItemText(0, words)
