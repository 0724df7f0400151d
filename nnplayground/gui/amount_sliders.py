"""A slider for each of several amounts, perhaps with a switch that takes it to 0 and back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QSlider, QStyle, QWidget

from nnplayground.gui.calm import calm
from nnplayground.gui.explain import Explainer
from nnplayground.gui.letters import scaled
from nnplayground.gui.setting import tip
from nnplayground.gui.ui import Ui
from nnplayground.registry import Option
from nnplayground.text import Text

POSITIONS = 100
SLIDER = 70
"""Pixels that a slider wants at least beside its name."""
SWITCH = Text("{name}: on or off", "{name} のオン・オフ")


class AmountSliders(QWidget):
    """Sliders are called `prefix` and the option's name, switches the same and `_on`."""

    edited = Signal(str, float)
    """Name of the option, and the value that the person gave."""
    sealed = Signal()
    """A slider was let go, a switch was pressed."""

    def __init__(
        self, ui: Ui, explainer: Explainer, options: Sequence[Option], prefix: str, switches: bool = False
    ) -> None:
        super().__init__()
        self._ui, self._explainer, self._prefix, self._switches = ui, explainer, prefix, switches
        self._options = {option.name: option for option in options}
        self._sliders: dict[str, QSlider] = {}
        self._numbers: dict[str, QLabel] = {}
        self._boxes: dict[str, QCheckBox] = {}
        self._rows: list[tuple[QWidget, QWidget, QWidget]] = []
        self._stacked = True
        self._last = {o.name: float(o.default) or float(o.high or 1) / 5 for o in options}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 6, 0)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        for option in options:
            self._add(option)
        self._grid.setRowStretch(2 * len(options), 1)
        self._place(stacked=False)

    def scrolled(self) -> QScrollArea:
        """These, in a room that may be lower."""
        area = _Area(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumHeight(scaled(60))
        area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        return area

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        names = max(named.sizeHint().width() for named, _, _ in self._rows)
        numbers = max(number.sizeHint().width() for _, _, number in self._rows)
        self._place(stacked=self.width() < names + numbers + scaled(SLIDER))

    def _place(self, stacked: bool) -> None:
        """Names before the sliders, or above them where there is no room for both."""
        if stacked == self._stacked:
            return
        self._stacked = stacked
        for i, (named, slider, number) in enumerate(self._rows):
            self._grid.addWidget(named, 2 * i, 0, 1, 3 if stacked else 1)
            self._grid.addWidget(slider, 2 * i + stacked, 0 if stacked else 1, 1, 2 if stacked else 1)
            self._grid.addWidget(number, 2 * i + stacked, 2)

    def show_values(self, values: dict[str, float]) -> None:
        """Show these without a signal."""
        for name, value in values.items():
            option, slider = self._options[name], self._sliders[name]
            low, high = float(option.low or 0), float(option.high or 1)
            with QSignalBlocker(slider):
                slider.setValue(round(POSITIONS * (value - low) / (high - low)))
            self._say(name, value)
            if name in self._boxes:
                with QSignalBlocker(self._boxes[name]):
                    self._boxes[name].setChecked(value > 0)
                self._last[name] = value or self._last[name]

    def minimumSizeHint(self) -> QSize:
        """Wide enough for each name, if need be above its slider."""
        names = max(named.sizeHint().width() for named, _, _ in self._rows)
        return QSize(names + self._grid.contentsMargins().right(), super().minimumSizeHint().height())

    def _add(self, option: Option) -> None:
        name, slider, number = option.name, QSlider(Qt.Orientation.Horizontal), QLabel()
        self._sliders[name], self._numbers[name] = slider, number
        slider.setObjectName(self._prefix + name)
        slider.setRange(0, POSITIONS)
        slider.setMinimumWidth(36)
        slider.valueChanged.connect(lambda at: self._slide(name, at))
        slider.sliderReleased.connect(self.sealed)
        calm(slider)
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        number.setMinimumWidth(number.fontMetrics().horizontalAdvance("0.00"))
        named = self._switch(option) if self._switches else QLabel()
        named.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._ui.bind(named.setText, option.label, named)
        for widget in (named, slider):
            self._ui.bind(widget.setToolTip, tip(option.help or option.label), widget)
            self._explainer.watch(widget, lambda: option)
        self._ui.bind(slider.setAccessibleName, option.label, slider)
        self._rows.append((named, slider, number))

    def _switch(self, option: Option) -> QCheckBox:
        box = self._boxes[option.name] = QCheckBox()
        box.setObjectName(f"{self._prefix}{option.name}_on")
        self._ui.bind(box.setAccessibleName, SWITCH.format(name=option.label), box)
        box.toggled.connect(lambda on: self._turn(option.name, on))
        return box

    def _value(self, name: str, position: int) -> float:
        option = self._options[name]
        low, high = float(option.low or 0), float(option.high or 1)
        return float(f"{low + (high - low) * position / POSITIONS:.3g}")

    def _slide(self, name: str, position: int) -> None:
        value = self._value(name, position)
        self._say(name, value)
        if name in self._boxes:
            with QSignalBlocker(self._boxes[name]):
                self._boxes[name].setChecked(value > 0)
            self._last[name] = value or self._last[name]
        self.edited.emit(name, value)

    def _turn(self, name: str, on: bool) -> None:
        value = self._last[name] if on else 0.0
        self.show_values({name: value})
        self.edited.emit(name, value)
        self.sealed.emit()

    def _say(self, name: str, value: float) -> None:
        self._numbers[name].setText(f"{value:.3g}")


class _Area(QScrollArea):
    """As wide as what is in it has to be."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        self.setWidget(content)

    def minimumSizeHint(self) -> QSize:
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
        return QSize(self._content.minimumSizeHint().width() + bar, self.minimumHeight())
