"""A slider on a logarithmic scale, with an exact number field beside it."""

from __future__ import annotations

import math

from PySide6.QtCore import Property, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from nnplayground.gui.fields import FloatBox
from nnplayground.registry import Option

PER_DECADE = 100
"""Positions of the slider between a number and its tenfold."""
DIGITS = 2
"""Significant digits that the slider gives; the field takes any number."""


class LogSlider(QWidget):
    """Editor of a positive number. It speaks like the editors in `fields`; the property `value` can be set, too."""

    edited = Signal(object)
    sealed = Signal()
    refused = Signal(str)

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        """`option` gives the bounds, both greater than 0."""
        super().__init__(parent)
        if not option.low or not option.high or option.low <= 0:
            raise ValueError(f"{option.name}: a logarithmic scale needs bounds greater than 0")
        self._low, self._high = option.low, option.high
        self.slider = _Slider(round(PER_DECADE * math.log10(self._high / self._low)), self)
        self.field = FloatBox(option, self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.slider, 1)
        line.addWidget(self.field)
        self.slider.setValue(self._position(self.field.value()))
        self.slider.valueChanged.connect(self._slide)
        self.slider.left.connect(self.sealed)
        self.field.edited.connect(self._type)
        self.field.sealed.connect(self.sealed)
        self.field.refused.connect(self.refused)

    def _get_value(self) -> float:
        return self.field.value()

    def _set_value(self, value: float) -> None:
        if math.isfinite(value):
            self.field.setValue(value)

    value = Property(float, _get_value, _set_value)

    def show_value(self, value: float) -> None:
        """Show `value` without a signal."""
        self.field.show_value(value)
        with QSignalBlocker(self.slider):
            self.slider.setValue(self._position(value))

    def setAccessibleName(self, name: str) -> None:
        """Both parts have the same name; their roles tell them apart."""
        super().setAccessibleName(name)
        self.slider.setAccessibleName(name)
        self.field.setAccessibleName(name)

    def setObjectName(self, name: str) -> None:
        """The parts are called `name`_slider and `name`_field."""
        super().setObjectName(name)
        self.slider.setObjectName(f"{name}_slider")
        self.field.setObjectName(f"{name}_field")

    def _position(self, value: float) -> int:
        return round(PER_DECADE * math.log10(max(value, self._low) / self._low))

    @Slot(int)
    def _slide(self, position: int) -> None:
        exact = self._low * 10 ** (position / PER_DECADE)
        value = min(max(float(f"{exact:.{DIGITS}g}"), self._low), self._high)
        if value != self.field.value():
            self.field.show_value(value)
            self.edited.emit(value)

    @Slot(object)
    def _type(self, value: float) -> None:
        with QSignalBlocker(self.slider):
            self.slider.setValue(self._position(value))
        self.edited.emit(value)


class _Slider(QSlider):
    """Tells when the person is done with it."""

    left = Signal()

    def __init__(self, positions: int, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, positions)
        self.setSingleStep(PER_DECADE // 20)
        self.setPageStep(PER_DECADE)
        self.setMinimumWidth(60)
        self.sliderReleased.connect(self.left)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
