"""Editors of one option each. All speak alike: `edited` (a value the person gave), `sealed` (done with the field),
`refused` (what was typed and cannot be taken), and `show_value`.
"""

from __future__ import annotations

import math
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox, QWidget

from nnplayground.gui.letters import scaled
from nnplayground.gui.numbers import can_become_number, parse, parse_several, write
from nnplayground.gui.ui import Ui
from nnplayground.registry import Option

NUMBER_WIDTH = 92
"""Pixels of a field for a number, with letters of the usual size."""
Verdict = tuple[QValidator.State, str, int]
MANY = 10_000_000
"""A field for numbers beyond this has no buttons, so that all digits are seen."""
_LARGEST_INT = 2**31 - 1


class IntBox(QSpinBox):
    """A whole number. What is typed counts when Enter is pressed or the field is left."""

    edited = Signal(object)
    sealed = Signal()
    refused = Signal(str)

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _dress(self)
        self.setRange(int(_bound(option.low, -_LARGEST_INT)), int(_bound(option.high, _LARGEST_INT)))
        self.setValue(int(option.default))
        if self.maximum() > MANY:
            without_buttons(self)
        # PySide 6.11.3 keeps the name of each built-in method that is connected, such as `edited.emit`, for good.
        self.valueChanged.connect(lambda value: self.edited.emit(value))
        self.editingFinished.connect(self.sealed)

    def show_value(self, value: int) -> None:
        with QSignalBlocker(self):
            self.setValue(value)

    def validate(self, text: str, pos: int) -> Verdict:
        number = parse(text)
        good = number is not None and number.is_integer() and self.minimum() <= number <= self.maximum()
        return _verdict(good, text), text, pos

    def valueFromText(self, text: str) -> int:
        return int(parse(text) or 0)

    def fixup(self, text: str) -> str:
        self.refused.emit(text)
        return text


class FloatBox(QDoubleSpinBox):
    """A number, written as short as it can be; its steps follow its size."""

    edited = Signal(object)
    sealed = Signal()
    refused = Signal(str)

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _dress(self)
        self.setDecimals(20)
        self.setRange(_bound(option.low, -1e300), _bound(option.high, 1e300))
        self.setValue(float(option.default))
        self._first_step = 0.1 if self.minimum() < 0 else min(1e-3, self.maximum() / 100)
        self.valueChanged.connect(lambda value: self.edited.emit(value))
        self.editingFinished.connect(self.sealed)

    def show_value(self, value: float) -> None:
        with QSignalBlocker(self):
            self.setValue(value)

    def validate(self, text: str, pos: int) -> Verdict:
        number = parse(text)
        return _verdict(number is not None and self.minimum() <= number <= self.maximum(), text), text, pos

    def valueFromText(self, text: str) -> float:
        return parse(text) or 0.0

    def textFromValue(self, value: float) -> str:
        return write(value)

    def stepBy(self, steps: int) -> None:
        """A tenth of the leading digit's worth: 0.9 -> 0.91, 0.001 -> 0.0011; towards 0 it does not jump over."""
        size = abs(self.value())
        step = 10.0 ** (math.floor(math.log10(size)) - 1) if size > 1e-12 else self._first_step
        self.setValue(float(write(self.value() + steps * step)))

    def fixup(self, text: str) -> str:
        self.refused.emit(text)
        return text


class SwitchBox(QCheckBox):
    """True or false."""

    edited = Signal(object)
    sealed = Signal()
    refused = Signal(str)

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setChecked(bool(option.default))
        self.toggled.connect(lambda value: self.edited.emit(value))

    def show_value(self, value: bool) -> None:
        with QSignalBlocker(self):
            self.setChecked(value)


class ChoiceBox(QComboBox):
    """One of the words an option allows; item data is the word."""

    edited = Signal(object)
    sealed = Signal()
    refused = Signal(str)

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for choice, words in option.named_choices:
            self.addItem(words.en, choice)
        self.setCurrentIndex(self.findData(option.default))
        self.currentIndexChanged.connect(lambda _: self.edited.emit(self.currentData()))

    def bind_names(self, ui: Ui, option: Option) -> None:
        """Show the choices in the language of the window."""
        for choice, words in option.named_choices:
            ui.bind(partial(self.setItemText, self.findData(choice)), words, self)

    def show_value(self, value: str) -> None:
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findData(value))


class WordsBox(QLineEdit):
    """Free text; it counts when Enter is pressed or the field is left."""

    edited = Signal(object)
    sealed = Signal()
    refused = Signal(str)

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(str(option.default), parent)
        self.editingFinished.connect(lambda: self.edited.emit(self.text()))

    def show_value(self, value: str) -> None:
        with QSignalBlocker(self):
            self.setText(value)


class NumbersBox(QLineEdit):
    """Several numbers, with commas or spaces between; they count when Enter is pressed or the field is left."""

    edited = Signal(object)
    sealed = Signal()
    refused = Signal(str)

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.show_value(option.default)
        self.editingFinished.connect(self._finish)

    def show_value(self, value: tuple[float, ...]) -> None:
        self._value = tuple(value)
        with QSignalBlocker(self):
            self.setText(", ".join(map(write, value)))

    def _finish(self) -> None:
        numbers = parse_several(self.text())
        if numbers is None:
            self.refused.emit(self.text())
        elif numbers != self._value:
            self._value = numbers
            self.edited.emit(numbers)
        self.sealed.emit()


def without_buttons(box: QAbstractSpinBox) -> None:
    """All of the width for the digits; the arrow keys still step."""
    box.setProperty("role", "plain")


def _dress(box: QAbstractSpinBox) -> None:
    box.setKeyboardTracking(False)
    box.setFixedWidth(scaled(NUMBER_WIDTH))
    box.lineEdit().setTextMargins(5, 0, 0, 0)


def _bound(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value


def _verdict(good: bool, text: str) -> QValidator.State:
    if good:
        return QValidator.State.Acceptable
    return QValidator.State.Intermediate if can_become_number(text) else QValidator.State.Invalid
