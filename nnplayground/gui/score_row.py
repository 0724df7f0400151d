"""One score to drag, and what becomes of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from nnplayground.gui.fields import FloatBox
from nnplayground.gui.number_bar import NumberBar
from nnplayground.gui.ui import Ui
from nnplayground.registry import Option
from nnplayground.text import Text

REACH = 10.0
"""The slider goes so far to both sides; the field takes any number."""
STEPS = 50
"""Positions of the slider between two whole numbers."""
SCORE = Text("Score of {name}", "{name} のスコア")
COLUMNS = {
    "exp": Text("e to the score", "e のスコア乗"),
    "share": Text("Softmax", "ソフトマックス"),
    "sigmoid": Text("Sigmoid alone", "シグモイド単独"),
    "plain": Text("Share without e", "e を使わない割合"),
}

BESIDE = 24
"""Pixels of a field beside its number."""


class ScoreRow(QObject):
    """Widgets in one row of a grid."""

    edited = Signal()

    def __init__(self, ui: Ui, name: str, index: int, parent: QWidget) -> None:
        super().__init__(parent)
        said = SCORE.format(name=name)
        self.label = QLabel(name)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName(f"score_slider_{index}")
        self.slider.setRange(round(-REACH * STEPS), round(REACH * STEPS))
        self.slider.setSingleStep(STEPS // 10)
        self.slider.setPageStep(STEPS)
        self.slider.setMinimumWidth(40)
        self.field = FloatBox(Option("score", float, 0.0, said, low=-1e6, high=1e6))
        self.field.setObjectName(f"score_{index}")
        self.field.setFixedWidth(self.field.fontMetrics().horizontalAdvance("−1000.0") + BESIDE)
        for widget in (self.slider, self.field):
            ui.bind(widget.setAccessibleName, said, widget)
        self.bars = {
            "exp": NumberBar(ui, lambda t: t.curve_color(2)),
            "share": NumberBar(ui, lambda t: t.class_color(index)),
            "sigmoid": NumberBar(ui, lambda t: t.curve_color(1)),
            "plain": NumberBar(ui, lambda t: t.outline),
        }
        for key, bar in self.bars.items():
            bar.setObjectName(f"bench_{key}_{index}")
            ui.bind(bar.setAccessibleName, COLUMNS[key].map(lambda words: f"{name}: {words}"), bar)
        self.slider.valueChanged.connect(self._slid)
        self.field.edited.connect(self._typed)

    @property
    def widgets(self) -> list[QWidget]:
        """From left to right."""
        return [self.label, self.slider, self.field, *self.bars.values()]

    @property
    def value(self) -> float:
        return self.field.value()

    def show_value(self, value: float) -> None:
        """Set the score without a signal."""
        self.field.show_value(value)
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(min(max(value, -REACH), REACH) * STEPS))

    def place(self, grid: QGridLayout, row: int) -> None:
        """Put the widgets into a row."""
        for column, widget in enumerate(self.widgets):
            grid.addWidget(widget, row, column)

    def remove(self) -> None:
        """Take the widgets away."""
        for widget in self.widgets:
            widget.setParent(None)
            widget.deleteLater()
        self.deleteLater()

    @Slot(int)
    def _slid(self, position: int) -> None:
        self.field.show_value(position / STEPS)
        self.edited.emit()

    @Slot(object)
    def _typed(self, value: float) -> None:
        self.show_value(value)
        self.edited.emit()
