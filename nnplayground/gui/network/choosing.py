"""Which units of wide layers are shown: the first, the most active, or chosen ones."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from nnplayground.gui.letters import scaled
from nnplayground.gui.network.columns import Choice
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

KINDS = {
    "first": Text("the first units", "先頭のユニット"),
    "active": Text("the most active", "最も活発なユニット"),
    "chosen": Text("chosen units", "選んだユニット"),
}
SHOW = Text("Units shown of a wide layer", "表示するユニット")
NUMBERS = Text("Numbers of the units of the selected layer", "選択中の層のユニット番号")
EXAMPLE = Text("e.g. 1, 5, 17-20", "例: 1, 5, 17-20")
_RANGE = re.compile(r"(\d{1,5})(?:\s*[-–〜~]\s*(\d{1,5}))?")


class UnitChoice(QWidget):
    """Hidden while every unit is shown anyway."""

    changed = Signal()

    def __init__(self, ui: Ui, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui = ui
        self._layer = 0
        self._chosen: dict[int, tuple[int, ...]] = {}
        self.kinds, self.numbers = QComboBox(self), QLineEdit(self)
        self.kinds.setObjectName("network_shown")
        self.numbers.setObjectName("network_chosen")
        self.numbers.setFixedWidth(scaled(96))
        for kind in KINDS:
            self.kinds.addItem("", kind)
        ui.bind(self.kinds.setAccessibleName, SHOW, self.kinds)
        ui.bind(self.kinds.setToolTip, SHOW, self)
        ui.bind(self.numbers.setAccessibleName, NUMBERS, self.numbers)
        ui.bind(self.numbers.setToolTip, NUMBERS, self)
        ui.bind(self.numbers.setPlaceholderText, EXAMPLE, self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.numbers)
        line.addWidget(self.kinds)
        ui.language_changed.connect(self._speak)
        self.kinds.currentIndexChanged.connect(self._change)
        self.numbers.editingFinished.connect(self._choose)
        self._speak()
        self._change()

    @property
    def kind(self) -> str:
        """ "first", "active" or "chosen"."""
        return str(self.kinds.currentData())

    def choice(self, most: int, all_features: bool) -> Choice:
        """The choice, of at most `most` units of a layer; `all_features`: show also those that are off."""
        pairs = tuple((layer, unit) for layer, units in sorted(self._chosen.items()) for unit in units)
        return Choice(most, self.kind, pairs if self.kind == "chosen" else (), all_features)

    def show_layer(self, layer: int) -> None:
        """The numbers now belong to `layer`."""
        self._layer = layer
        self.numbers.setText(written(self._chosen.get(layer, ())))

    @Slot()
    def _speak(self) -> None:
        for index, words in enumerate(KINDS.values()):
            self.kinds.setItemText(index, self._ui.text(words))

    @Slot()
    def _change(self) -> None:
        self.numbers.setVisible(self.kind == "chosen")
        self.changed.emit()

    @Slot()
    def _choose(self) -> None:
        self._chosen[self._layer] = numbers(self.numbers.text())
        self.changed.emit()


def numbers(text: str) -> tuple[int, ...]:
    """Indices from numbers as people write them: "1, 5, 17-20" is (0, 4, 16, 17, 18, 19)."""
    found: dict[int, None] = {}
    for first, last in _RANGE.findall(text):
        low, high = int(first), int(last or first)
        found.update(dict.fromkeys(range(max(low, 1) - 1, min(high, low + 99))))
    return tuple(found)


def written(units: tuple[int, ...]) -> str:
    """The numbers of indices, as they are written."""
    return ", ".join(str(unit + 1) for unit in units)
