"""Which sample goes its way: one of the training data, what is drawn or pointed at, or numbers that are typed."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit

from nnplayground.engine.arrays import Array
from nnplayground.gui.count_box import CountBox
from nnplayground.gui.desk import Desk
from nnplayground.gui.flow import FlowRow
from nnplayground.gui.named_choice import NamedChoice
from nnplayground.gui.numbers import parse
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment
from nnplayground.training.probes.sample_way import SampleWayProbe
from nnplayground.training.snapshot import Snapshot

SOURCES = {
    "training": Text("Training sample", "訓練データ"),
    "asked": Text("Drawn or pointed at", "描いた・指した入力"),
    "typed": Text("Typed", "数値を入力"),
}
NAME = Text("Which sample", "どのデータを追うか")
NUMBER = Text("Number of the sample", "データの番号")
INPUTS = Text("Inputs", "入力")
TARGET = Text("Right answer t", "正解 t")
BY_HAND = "forward-pass"
"""The ready-made experiment that is computed on paper, with these inputs."""


class WaySource(FlowRow):
    """A choice, and the fields that belong to it."""

    changed = Signal()
    """Another sample was chosen."""
    moved = Signal()
    """The pen or the pointer moved on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setSpacing(6)
        self.choice = NamedChoice(desk.ui, "way_source", NAME, SOURCES)
        self.number = CountBox(1, 1_000_000, 1)
        self.inputs, self.targets = QLineEdit("1, 0.5"), QLineEdit("0, 1")
        self.answer = QComboBox()
        self._answer_label = QLabel("t")
        self._name()
        for widget in (self.choice, self.number, self.inputs, self._answer_label, self.answer, self.targets):
            self.addWidget(widget)
        self.choice.currentIndexChanged.connect(self._show_fields)
        self.number.valueChanged.connect(self.changed)
        self.answer.activated.connect(self.changed)
        self.inputs.editingFinished.connect(self.changed)
        self.targets.editingFinished.connect(self.changed)
        desk.question.answered.connect(self._asked)
        desk.document.changed.connect(self._suit)
        self._suit(None, desk.document.experiment)

    @property
    def value(self) -> str:
        """Where the sample comes from."""
        return self.choice.value

    def probe(self, snapshot: Snapshot) -> SampleWayProbe | None:
        """The question for the way of the chosen sample; None if there is none that fits the network."""
        if self.value == "training":
            return SampleWayProbe(self.number.value() - 1)
        row = self._desk.question.row if self.value == "asked" else _numbers(self.inputs.text())
        target, network = self._target(snapshot), snapshot.network
        if row is None or target is None:
            return None
        fits = row.size == math.prod(network.spec.input_shape) and target.size == math.prod(network.output_shape)
        return SampleWayProbe(0, _bytes(row), _bytes(target)) if fits else None

    def _target(self, snapshot: Snapshot) -> Array | None:
        network, task = snapshot.network, snapshot.experiment.dataset.task
        if not task.is_classification:
            return _numbers(self.targets.text())
        units = network.output_shape[0]
        if not task.fits(units):
            return None
        label = np.array([max(self.answer.currentIndex(), 0)])
        target: Array = task.targets(label, units, network.output_activation)[0]
        return target

    def _name(self) -> None:
        bind = self._desk.ui.bind
        known = (
            ("way_number", self.number, NUMBER), ("way_inputs", self.inputs, INPUTS),
            ("way_answer", self.answer, TARGET), ("way_targets", self.targets, TARGET),
        )  # fmt: skip
        for name, widget, words in known:
            widget.setObjectName(name)
            bind(widget.setAccessibleName, words, widget)
            bind(widget.setToolTip, words, widget)

    @Slot(object, object)
    def _suit(self, old: Experiment | None, new: Experiment) -> None:
        """Offer what suits the data: few inputs can be typed, classes have names."""
        task = new.dataset.task
        if old is None or old.dataset.task != task:
            with QSignalBlocker(self.answer):
                self.answer.clear()
                self.answer.addItems(list(task.classes))
        if old is None or old.name != new.name:
            by_hand = new.name == BY_HAND
            self.choice.choose("typed" if by_hand else "training")
        self._show_fields()

    @Slot()
    def _show_fields(self, *_: object) -> None:
        classes = self._desk.document.experiment.dataset.task.is_classification
        training = self.value == "training"
        self.number.setVisible(training)
        self.inputs.setVisible(self.value == "typed")
        self._answer_label.setVisible(not training)
        self.answer.setVisible(not training and classes)
        self.targets.setVisible(not training and not classes)
        self.changed.emit()

    @Slot()
    def _asked(self, *_: object) -> None:
        if self.value == "asked":
            self.moved.emit()


def _bytes(values: Array) -> bytes:
    return values.astype(np.float32).tobytes()


def _numbers(words: str) -> NDArray[np.float32] | None:
    """Numbers with commas or blanks between them; None if that is not what it is."""
    parts = words.replace("、", ",").replace("，", ",").replace(",", " ").split()
    found = [parse(part) for part in parts]
    return None if not found or None in found else np.array(found, np.float32)
