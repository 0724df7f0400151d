"""The line below the picture: what is selected there, in numbers that can be edited."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QStackedWidget, QToolButton, QWidget

from nnplayground.gui.fields import FloatBox
from nnplayground.gui.flow import FlowRow
from nnplayground.gui.network.parts import Part, unit_words
from nnplayground.gui.ui import Ui
from nnplayground.registry import Option
from nnplayground.text import Text

HINT = Text(
    "Point at a unit to look into it, click to change it.",
    "ユニットや線を指すと中身が見え、クリックで変更できます。",
)
VALUE = Option("value", float, 0.0, Text("Value of the weight or bias", "重み・バイアスの値"), live=True)
WHICH = Text("Weight or bias", "重み・バイアス")
BIAS = Text("Bias", "バイアス")
FROM = Text("from {name}", "{name} から")
FREEZE = Text("Freeze: this value does not learn", "固定: この値は学習で変わらない")
FREEZE_LAYER = Text("Freeze: the layer does not learn", "固定: この層は学習で変わらない")
SILENCE = Text("Silence: hold the unit at 0", "休止: このユニットの出力を 0 にする")
REMOVE = Text("Remove the unit", "ユニットを削除")
INSERT_AFTER = Text("Insert a layer after this one", "この層の後に層を追加")
REMOVE_LAYER = Text("Remove the layer", "層を削除")
LAYER = Text("Layer {layer}: {kind}", "第 {layer} 層: {kind}")


class PartBar(QStackedWidget):
    """One page for nothing, one for a unit with its weights, one for a layer."""

    def __init__(self, ui: Ui, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("network_bar")
        hint = QLabel(self)
        hint.setWordWrap(True)
        hint.setProperty("role", "muted")
        ui.bind(hint.setText, HINT, hint)
        self.unit = UnitPage(ui, self)
        self.layer = LayerPage(ui, self)
        for page in (hint, self.unit, self.layer):
            self.addWidget(page)


class UnitPage(QWidget):
    """A unit: one of its weights or its bias, whether it learns, and whether the unit works."""

    chosen = Signal(int)
    """Another weight: the index of its input, or -1 for the bias."""
    edited = Signal(float)
    sealed = Signal()
    frozen = Signal(bool)
    silenced = Signal(bool)
    removed = Signal()

    def __init__(self, ui: Ui, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui = ui
        self._title = QLabel(self)
        self.which = QComboBox(self)
        self.which.setObjectName("network_which")
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.which.setMinimumContentsLength(5)
        self.which.activated.connect(lambda _: self.chosen.emit(self.which.currentData()))
        self.value = FloatBox(VALUE, self)
        self.value.setObjectName("network_value")
        self.value.edited.connect(lambda value: self.edited.emit(float(value)))
        self.value.sealed.connect(self.sealed)
        ui.bind(self.which.setAccessibleName, WHICH, self.which)
        ui.bind(self.value.setAccessibleName, VALUE.label, self.value)
        self.freeze = toggle(ui, self, "network_freeze", FREEZE, "lock")
        self.silence = toggle(ui, self, "network_silence", SILENCE, "silence")
        self.remove = button(ui, self, "network_remove", REMOVE, "remove")
        self.freeze.clicked.connect(self.frozen)
        self.silence.clicked.connect(self.silenced)
        self.remove.clicked.connect(self.removed)
        _in_line(self, self._title, self.which, self.value, self.freeze, self.silence, self.remove)

    def show_unit(self, part: Part, sources: Sequence[tuple[int, Text]], values: tuple[bool, bool, bool]) -> None:
        """Show a unit, with `part` the weight or bias that is edited; `values`: whether it is frozen, silent, removable."""
        name_part(self._ui, self._title, unit_words(part.layer, part.unit))
        with QSignalBlocker(self.which):
            self.which.clear()
            for source, name in sources:
                self.which.addItem(self._ui.text(name), source)
            self.which.setCurrentIndex(self.which.findData(part.source))
        self.freeze.setChecked(values[0])
        self.silence.setChecked(values[1])
        self.silence.setEnabled(values[2])
        self.remove.setEnabled(values[2])

    def show_value(self, value: float | None) -> None:
        """Show the number as it is now, unless a person is writing."""
        self.value.setEnabled(value is not None)
        if value is not None and not self.value.lineEdit().isModified():
            self.value.show_value(float(f"{value:.6g}"))


class LayerPage(QWidget):
    """A layer: whether it learns, a further one after it, and its end."""

    frozen = Signal(bool)
    inserted = Signal()
    removed = Signal()

    def __init__(self, ui: Ui, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui = ui
        self._title = QLabel(self)
        self.freeze = toggle(ui, self, "network_freeze_layer", FREEZE_LAYER, "lock")
        self.insert = button(ui, self, "network_insert_after", INSERT_AFTER, "layer-add")
        self.remove = button(ui, self, "network_remove_layer", REMOVE_LAYER, "remove")
        self.freeze.clicked.connect(self.frozen)
        self.insert.clicked.connect(self.inserted)
        self.remove.clicked.connect(self.removed)
        _in_line(self, self._title, self.freeze, self.insert, self.remove)

    def show_layer(self, layer: int, kind: Text, frozen: bool, hidden: bool) -> None:
        """Show layer `layer`; only `hidden` ones can go, or have another one after them."""
        name_part(self._ui, self._title, LAYER.format(layer=layer + 1, kind=kind))
        self.freeze.setChecked(frozen)
        self.insert.setEnabled(hidden)
        self.remove.setEnabled(hidden)


def button(ui: Ui, parent: QWidget, name: str, words: Text, icon: str) -> QToolButton:
    """A button that is only an icon."""
    made = QToolButton(parent)
    made.setObjectName(name)
    made.setIconSize(QSize(17, 17))
    ui.bind(made.setToolTip, words, made)
    ui.bind(made.setAccessibleName, words, made)
    ui.bind_icon(made.setIcon, icon, made)
    return made


def toggle(ui: Ui, parent: QWidget, name: str, words: Text, icon: str) -> QToolButton:
    """A button that stays pressed."""
    made = button(ui, parent, name, words, icon)
    made.setCheckable(True)
    return made


def name_part(ui: Ui, title: QLabel, words: Text) -> None:
    """Say what is selected; the tip says it too, where the room is too small."""
    ui.bind(title.setText, words, title)
    ui.bind(title.setToolTip, words, title)


def _in_line(page: QWidget, title: QLabel, *parts: QWidget) -> None:
    line = FlowRow(page)
    title.setTextFormat(Qt.TextFormat.PlainText)
    line.addWidget(title, 1)
    for part in parts:
        line.addWidget(part)
