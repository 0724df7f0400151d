"""What goes on in each layer: its numbers as histograms, its units, and the gradient that reaches it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout

from nnplayground.gui.blank import LOADING, Blank
from nnplayground.gui.depth_row import DepthRow
from nnplayground.gui.desk import Desk
from nnplayground.gui.layer_cells import HealthCell, HistogramCell
from nnplayground.gui.layer_names import row_name
from nnplayground.gui.pacing import interval_for, is_large
from nnplayground.gui.painted_table import Cell, PaintedTable
from nnplayground.gui.panes import PaneView
from nnplayground.gui.panes.layers import LayersPane
from nnplayground.gui.plot import Plot
from nnplayground.gui.ui import Ui
from nnplayground.text import Text
from nnplayground.training.probes import Probe
from nnplayground.training.probes.gradient_sizes import GradientSizes, Sizes
from nnplayground.training.probes.histograms import Histograms, LayerHistograms
from nnplayground.training.probes.unit_health import LayerHealth, UnitHealth
from nnplayground.training.snapshot import Snapshot

SAMPLES, FEWER = 200, 60
"""Samples that are looked at, and those of a large network."""
SUMS = Text("Sums u", "入力総和 u")
OUTPUTS = Text("Outputs", "出力")
PARAMETERS = Text("Parameters", "パラメータ")
GRADIENTS = Text("Gradients", "勾配")
HEALTH = Text("Dead / saturated", "停止・飽和")
COLUMNS = (SUMS, OUTPUTS, PARAMETERS, GRADIENTS, HEALTH)
LAYER = Text("Layer", "層")
SIZE = Text("Size (RMS)", "大きさ（RMS）")
OF_GRADIENT = Text("Gradient of the weights", "重みの勾配")
OF_WEIGHTS = Text("Weights", "重み")


class LayersView(PaneView):
    """A table with a row for each layer, and a plot of the gradients below it."""

    interval = 0.4

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("layers_view")
        self.table = PaintedTable(desk.ui, LayersPane.label, lowest=38, narrowest=50)
        self.table.setObjectName("layers_table")
        self.plot = SizePlot(desk.ui)
        both = QSplitter(Qt.Orientation.Vertical)
        both.setChildrenCollapsible(False)
        both.addWidget(self.table)
        both.addWidget(self.plot)
        both.setSizes([500, 300])
        both.setStretchFactor(0, 5)
        both.setStretchFactor(1, 3)
        self.blank = Blank(desk.ui, both)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 2, 8, 8)
        layout.setSpacing(4)
        layout.addLayout(DepthRow(desk))
        layout.addWidget(self.blank, 1)

    def probes(self, snapshot: Snapshot) -> tuple[Probe, ...]:
        samples = FEWER if is_large(snapshot.network) else SAMPLES
        return Histograms(samples), UnitHealth(samples), GradientSizes(samples)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self.interval = interval_for(snapshot.network, 0.4, 1.0)
        histograms, healths, sizes = (snapshot.probes.get(probe) for probe in self.probes(snapshot))
        if histograms is None or healths is None or sizes is None:
            self.desk.controller.prepare()
            self.blank.say(LOADING)
            return
        layers = snapshot.network.spec.layers
        by_index = {found.index: found for found in healths}
        rows = [cells_of(found, by_index.get(i)) for i, found in enumerate(histograms)]
        self.table.fill(COLUMNS, [row_name(i, layer) for i, layer in enumerate(layers)], rows)
        self.plot.show_sizes(sizes)
        self.blank.say(None)


def cells_of(found: LayerHistograms, health: LayerHealth | None) -> list[Cell]:
    """The row of one layer."""
    return [
        HistogramCell(SUMS, found.pre_activations, "accent"),
        HistogramCell(OUTPUTS, found.activations, "accent"),
        HistogramCell(PARAMETERS, found.parameters, "success"),
        HistogramCell(GRADIENTS, found.gradients, "test"),
        HealthCell(health),
    ]


class SizePlot(Plot):
    """The size of each layer's gradient and weights, on a logarithmic axis."""

    def __init__(self, ui: Ui) -> None:
        super().__init__(ui, Text("Gradient of each layer", "各層の勾配の大きさ"), LAYER, SIZE)
        self.hold_axis()
        self.gradients = self.curve(OF_GRADIENT, lambda t: t.test)
        self.weights = self.curve(OF_WEIGHTS, lambda t: t.success, style=Qt.PenStyle.DashLine)
        self.offer_log(y=True)
        self.set_log(False, True)

    def show_sizes(self, sizes: Sizes) -> None:
        """Layers are counted from 1."""
        numbers = sizes.layers + 1
        self.item.getAxis("bottom").setTicks([[(float(n), str(n)) for n in numbers]])
        self.follow.fix(x=(float(numbers.min(initial=1)) - 0.3, float(numbers.max(initial=1)) + 0.3))
        x = numbers.astype(np.float64)
        self.gradients.set(x, sizes.gradients)
        self.weights.set(x, sizes.weights)
