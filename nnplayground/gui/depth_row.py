"""A slider for the depth of the network, and two sets of hidden layers to compare."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QSlider

from nnplayground.engine.activations import Activation
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.initializers import Initializer
from nnplayground.engine.initializers.glorot import GlorotUniform
from nnplayground.engine.initializers.he import HeNormal
from nnplayground.gui.calm import calm
from nnplayground.gui.depth import DEEPEST, hidden, with_depth, with_kind
from nnplayground.gui.desk import Desk
from nnplayground.gui.flow import FlowRow
from nnplayground.text import Text

DEPTH = Text("Hidden layers", "中間層の数")
DEEPER = Text("another depth", "中間層の数の変更")
KINDS: dict[str, tuple[Activation, Initializer, Text]] = {
    "sigmoid": (Sigmoid(), GlorotUniform(), Text("Sigmoid", "シグモイド")),
    "relu": (ReLU(), HeNormal(), Text("ReLU + He", "ReLU + He")),
}
START_ANEW = Text(
    "All hidden layers: {activation}, with initial weights by {initializer}",
    "すべての中間層を {activation} に、重みの初期値を {initializer} にする",
)


class DepthRow(FlowRow):
    """Edits the experiment, undoably."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setContentsMargins(8, 0, 0, 0)
        self.setSpacing(6)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("depth_slider")
        self.slider.setRange(0, DEEPEST)
        self.slider.setMinimumWidth(50)
        self.slider.setMaximumWidth(180)
        self.slider.setPageStep(1)
        calm(self.slider)
        self._number = QLabel()
        self._number.setMinimumWidth(18)
        label = QLabel()
        label.setBuddy(self.slider)
        desk.ui.bind(label.setText, DEPTH, label)
        desk.ui.bind(self.slider.setAccessibleName, DEPTH, self.slider)
        for widget in (label, self.slider, self._number):
            self.addWidget(widget)
        self.addStretch()
        for name in KINDS:
            self.addWidget(self._button(name))
        self.slider.valueChanged.connect(self._deepen)
        self.slider.sliderReleased.connect(desk.document.seal)
        desk.document.changed.connect(self._follow)
        self._follow()

    def _button(self, name: str) -> QPushButton:
        activation, initializer, words = KINDS[name]
        button = QPushButton()
        button.setObjectName(f"hidden_{name}")
        self._desk.ui.bind(button.setText, words, button)
        tip = START_ANEW.format(activation=activation.label, initializer=initializer.label)
        self._desk.ui.bind(button.setToolTip, tip, button)
        document = self._desk.document
        button.clicked.connect(lambda: document.edit(with_kind(document.experiment, activation, initializer), words))
        return button

    @Slot(int)
    def _deepen(self, depth: int) -> None:
        self._number.setText(str(depth))
        document = self._desk.document
        document.edit(with_depth(document.experiment, depth), DEEPER, merge="depth")

    @Slot()
    def _follow(self, *_: object) -> None:
        depth = len(hidden(self._desk.document.experiment))
        with QSignalBlocker(self.slider):
            self.slider.setValue(depth)
        self._number.setText(str(depth))
