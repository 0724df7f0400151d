"""Editors that offer several values: switches of which some are on, and a text with examples."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QSizePolicy, QToolButton, QWidget

from nnplayground.data.features import switched
from nnplayground.gui.ui import Ui
from nnplayground.registry import Option

COLUMNS = 3


class SwitchesBox(QWidget):
    """One button for each choice; at least one stays on. The value is what is on, in the order of switching on."""

    edited = Signal(object)
    sealed = Signal()
    refused = Signal(str)

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: tuple[str, ...] = ()
        self._buttons: dict[str, QToolButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for place, (choice, words) in enumerate(option.named_choices):
            button = QToolButton(self)
            button.setObjectName(f"{option.name}_{choice}")
            button.setText(words.en)
            button.setAccessibleName(words.en)
            button.setCheckable(True)
            button.setProperty("role", "switch")
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.toggled.connect(lambda on, choice=choice: self._switch(choice, on))
            grid.addWidget(button, place // COLUMNS, place % COLUMNS)
            self._buttons[choice] = button
        self.show_value(option.default)

    def bind_names(self, ui: Ui, option: Option) -> None:
        """Show the choices in the language of the window."""
        for choice, words in option.named_choices:
            ui.bind(self._buttons[choice].setText, words, self._buttons[choice])
            ui.bind(self._buttons[choice].setAccessibleName, words, self._buttons[choice])

    def show_value(self, value: tuple[str, ...]) -> None:
        """Show which are on."""
        self._value = tuple(value)
        for choice, button in self._buttons.items():
            with QSignalBlocker(button):
                button.setChecked(choice in self._value)

    def _switch(self, choice: str, on: bool) -> None:
        if self._value == (choice,) and not on:
            self.show_value(self._value)  # the last one stays
            return
        self._value = switched(self._value, choice, on)
        self.edited.emit(self._value)


class ExampleBox(QComboBox):
    """A text that is typed or taken from examples; it counts when Enter is pressed or the field is left."""

    edited = Signal(object)
    sealed = Signal()
    refused = Signal(str)

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line = QLineEdit(self)
        self.setLineEdit(line)
        self.setCompleter(None)  # type: ignore[arg-type]
        self.addItems(option.examples)
        self._said = ""
        self._offering = False
        self.show_value(str(option.default))
        line.editingFinished.connect(self._finish)
        self.activated.connect(self._finish)

    def show_value(self, value: str) -> None:
        """Show a text; one that was just refused stays, to be mended."""
        if self._offering:
            return
        self._said = value
        with QSignalBlocker(self):
            self.setEditText(value)

    def _finish(self) -> None:
        if self.currentText() != self._said:
            self._said, self._offering = self.currentText(), True
            self.edited.emit(self._said)
            self._offering = False
        self.sealed.emit()
