"""The activation function of the selected layer, and where its sums lie on it just now."""

from __future__ import annotations

import time

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout

from nnplayground.gui import layer_report
from nnplayground.gui.desk import Desk
from nnplayground.gui.explain import joined
from nnplayground.gui.flow import FlowRow
from nnplayground.gui.layer_names import layer_name
from nnplayground.gui.panes import PaneView
from nnplayground.gui.panes.activation import ActivationPane
from nnplayground.gui.plot import Plot
from nnplayground.gui.plot_items import Band
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment
from nnplayground.training.probes import Probe
from nnplayground.training.probes.layer_sums import LayerSums
from nnplayground.training.snapshot import Snapshot

SUM = Text("Sum u of a unit", "入力総和 u")
OUTPUT = Text("Output of the unit", "ユニットの出力")
DENSITY = Text("Density of u", "u の分布")
LAYER = Text("Layer", "層")
WIDE = 470
"""Width of the pane from which on the choice of the layer has room beside the legend."""
HEIGHT = 0.55
"""Height of the density's highest point, as a share of the plot."""


class ActivationView(PaneView):
    """A plot, the choice of the layer over it, and a sentence under it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("activation_view")
        self.plot = Plot(desk.ui, ActivationPane.label, SUM, OUTPUT)
        self.plot.hold_axis()
        self.band = Band(self.plot, "success", 0.28)
        self.function = self.plot.curve(Text.same("f(u)"), lambda t: t.accent)
        self.slope = self.plot.curve(Text.same("f′(u)"), lambda t: t.curves[1], style=Qt.PenStyle.DashLine)
        self.density = self.plot.curve(DENSITY, lambda t: t.success, bold=False)
        self.choice = LayerChoice(desk)
        self._beside: bool | None = None
        self._shape: layer_report.Shape | None = None
        self._said = Text("", "")
        self._said_at = 0.0
        self._words = QLabel()
        self._words.setObjectName("activation_words")
        self._words.setProperty("role", "muted")
        self._words.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 0, 8, 8)
        layout.setSpacing(2)
        self._top = FlowRow()
        self._top.setContentsMargins(4, 0, 0, 0)
        self._top.addStretch()
        layout.addLayout(self._top)
        layout.addWidget(self.plot, 1)
        layout.addWidget(self._words)
        self._words.setContentsMargins(8, 0, 0, 0)
        desk.document.selection_changed.connect(self.refresh)
        self._place_choice()

    def _place_choice(self) -> None:
        """Beside the legend if there is room, else over it."""
        beside = self.width() >= WIDE
        if beside != self._beside:
            self._beside = beside
            (self.plot.header if beside else self._top).insertWidget(0, self.choice)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_choice()

    def probes(self, snapshot: Snapshot) -> tuple[Probe, ...]:
        index = self._index(snapshot)
        return () if index is None else (LayerSums(index),)

    def _index(self, snapshot: Snapshot) -> int | None:
        """The selected layer, if the run has it already."""
        index = self.desk.document.selected_layer
        return index if 0 <= index < len(snapshot.network.spec.layers) else None

    def show_snapshot(self, snapshot: Snapshot) -> None:
        index = self._index(snapshot)
        if index is None:
            return
        layer = snapshot.network.spec.layers[index]
        sums = snapshot.probes.get(LayerSums(index))
        reach = layer_report.reach_of(sums)
        shape = layer_report.shape_of(layer.activation, reach, int(np.prod(snapshot.network.shapes[index + 1])))
        low, high = _frame(shape)
        self.plot.follow.fix(x=(-reach, reach), y=(low, high))
        self._show_shape(shape)
        self._show_density(sums, reach, low, high)
        self._say(joined(*layer_report.words(sums, shape)), snapshot.state == "running")

    def _show_shape(self, shape: layer_report.Shape) -> None:
        if shape is not self._shape:
            self._shape = shape
            self.function.set(shape.u, shape.f)
            self.slope.set(shape.u, shape.slope)

    def _say(self, words: Text, in_passing: bool) -> None:
        """New words let Qt lay out the whole window again: while numbers run, once a second is enough."""
        now = time.monotonic()
        if words != self._said and not (in_passing and now < self._said_at + 1):
            self._said, self._said_at = words, now
            self.desk.ui.bind(self._words.setText, words, self._words)

    def _show_density(self, sums: np.ndarray | None, reach: float, low: float, high: float) -> None:
        if sums is None:
            self.density.clear()
            self.band.clear()
            return
        edges = np.linspace(-reach, reach, layer_report.BINS + 1)
        middle = (edges[:-1] + edges[1:]) / 2
        top = low + layer_report.density(sums, reach) * (high - low) * HEIGHT
        self.density.set(middle, top)
        self.band.set(middle, np.full_like(top, low), top)


def _frame(shape: layer_report.Shape) -> tuple[float, float]:
    """The range of the y axis: function and slope, with some room."""
    known = np.concatenate([shape.f, shape.slope, [0.0]])
    known = known[np.isfinite(known)]
    low, high = float(known.min()), float(known.max())
    room = max(high - low, 1e-6) * 0.08
    return low - room, high + room


class LayerChoice(QComboBox):
    """Selects a layer of the document."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("layer_choice")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._desk = desk
        desk.ui.bind(self.setAccessibleName, LAYER, self)
        desk.ui.language_changed.connect(self._fill)
        desk.document.changed.connect(self._layers_changed)
        desk.document.selection_changed.connect(self.setCurrentIndex)
        self.activated.connect(desk.document.select)
        self._fill()

    @Slot(object, object)
    def _layers_changed(self, old: Experiment, new: Experiment) -> None:
        if old.layers != new.layers:
            self._fill()

    @Slot()
    def _fill(self) -> None:
        text = self._desk.ui.text
        self.clear()
        for n, layer in enumerate(self._desk.document.experiment.layers):
            self.addItem(text(layer_name(n, layer)))
        self.setCurrentIndex(self._desk.document.selected_layer)
