"""A layer's outputs in two dimensions: where it puts the samples, class by class."""

from __future__ import annotations

from html import escape

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout

from nnplayground.data.task import Task, first_values
from nnplayground.engine.arrays import Array
from nnplayground.gui.blank import LOADING, Blank
from nnplayground.gui.desk import Desk
from nnplayground.gui.flow import FlowRow
from nnplayground.gui.image_tile import ImageTile
from nnplayground.gui.pacing import interval_for
from nnplayground.gui.panes import PaneView
from nnplayground.gui.panes.embedding import EmbeddingPane
from nnplayground.gui.plot import Plot
from nnplayground.gui.plot_points import Points, looks_of, nearest_point
from nnplayground.gui.side_choice import SideChoice
from nnplayground.gui.spots import Spots
from nnplayground.gui.theme import Theme
from nnplayground.gui.ui import Ui
from nnplayground.gui.views.activation import LayerChoice
from nnplayground.text import Text
from nnplayground.training.probes import Probe
from nnplayground.training.probes.embedding import Embedding, LayerEmbedding
from nnplayground.training.snapshot import Snapshot

FIRST, SECOND = Text("First component", "第 1 主成分"), Text("Second component", "第 2 主成分")
SAMPLES = 300
SPREAD = Text(
    "These two directions hold {share:.0%} of the spread of the layer's outputs. Ringed: answered wrongly.",
    "この 2 方向で、層の出力のばらつきの {share:.0%} を表しています。輪の付いた点は誤答です。",
)
BROKEN = Text("The outputs of this layer are not finite.", "この層の出力が有限の値ではありません。")
RIGHT, WRONG = (
    Text("{label}, answered rightly", "{label}（正解）"),
    Text("{label}, answered wrongly", "{label}（誤答）"),
)
VALUE = Text("Target {label:.3g}", "正解 {label:.3g}")
TILE = Text("The sample under the pointer", "指しているデータ")


class EmbeddingView(PaneView):
    """Choices above, the points, and the sample that is pointed at."""

    interval = 0.8

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.choice, self.side = LayerChoice(desk), SideChoice(desk.ui, "embedding_side")
        self.choice.setObjectName("embedding_layer")
        self.plot = EmbeddingPlot(desk.ui)
        self.tile = ImageTile(desk.ui)
        self.tile.setObjectName("embedding_sample")
        self.tile.setFixedSize(64, 64)
        self.tile.setEnabled(False)
        desk.ui.bind(self.tile.setAccessibleName, TILE, self.tile)
        self.words = QLabel()
        self.words.setObjectName("embedding_words")
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        self.blank = Blank(desk.ui, self.plot)
        self._lay_out()
        desk.document.selection_changed.connect(self.refresh)
        self.side.currentIndexChanged.connect(self.refresh)
        self.plot.pointed.connect(self._show_sample)

    def _lay_out(self) -> None:
        top, below = FlowRow(), FlowRow()
        top.addWidget(self.choice)
        top.addWidget(self.side)
        top.addStretch()
        below.addWidget(self.words, 1)
        below.addWidget(self.tile)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 8)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self.blank, 1)
        layout.addLayout(below)

    def probes(self, snapshot: Snapshot) -> tuple[Probe, ...]:
        index = min(max(self.desk.document.selected_layer, 0), len(snapshot.network.spec.layers) - 1)
        return (LayerEmbedding(index, self.side.value, SAMPLES),)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self.interval = interval_for(snapshot.network, 0.5, 1.5)
        probe = self.probes(snapshot)[0]
        found = snapshot.probes.get(probe)
        self.tile.setVisible(len(snapshot.network.spec.input_shape) == 3)
        if found is None:
            self.desk.controller.prepare()
            broken = probe in snapshot.probes and not np.isfinite(snapshot.parameters).all()
            self.blank.say(BROKEN if broken else LOADING)
            return
        self.plot.show_points(found, snapshot.experiment.dataset.task)
        self.blank.say(None)
        said = SPREAD.format(share=float(found.share.sum()))
        if self.words.text() != self.desk.ui.text(said):
            self.desk.ui.bind(self.words.setText, said, self.words)

    @Slot(object)
    def _show_sample(self, row: Array) -> None:
        shape = self.desk.document.experiment.dataset.input_shape
        if len(shape) == 3 and row.size == int(np.prod(shape)):
            self.tile.show_values(row.reshape(shape)[0])


class EmbeddingPlot(Plot):
    """A point for each sample, in shape and colour of its class."""

    pointed = Signal(object)
    """The inputs (features,) of the sample under the pointer."""

    def __init__(self, ui: Ui) -> None:
        super().__init__(ui, EmbeddingPane.label, FIRST, SECOND)
        self.hold_axis()
        self.points = Points(self, 9)
        self.wrong = Spots(15)
        self.box.addItem(self.wrong, ignoreBounds=True)
        self.found: Embedding | None = None
        self.classes = QLabel()
        self.classes.setObjectName("embedding_classes")
        self.classes.setTextFormat(Qt.TextFormat.RichText)
        self.header.insertWidget(0, self.classes)
        self._task = Task()
        ui.bind_theme(self._paint, self)

    def show_points(self, found: Embedding, task: Task) -> None:
        """Show these."""
        self.found, self._task = found, task
        self.follow.fix(*(_reach(found.points[:, axis]) for axis in (0, 1)))
        if self.follow.following:
            self.fit()
        self._paint(self.ui.theme)
        self.read()

    def _paint(self, theme: Theme) -> None:
        found = self.found
        if found is None:
            return
        names = (
            f'<span style="color:{theme.class_color(k)}">■</span> {escape(name)}'
            for k, name in enumerate(self._task.classes)
        )
        words = "&nbsp; ".join(names)
        if words != self.classes.text():
            self.classes.setText(words)
        labels = first_values(found.labels)
        self.points.show(found.points, looks_of(labels, self._task, theme), theme.surface)
        self.wrong.dress(None, theme.error, 2)
        self.wrong.setData(pos=found.points[~found.right])

    @Slot()
    def read(self) -> None:
        """The sample under the pointer."""
        found = self.found
        nearest = None if found is None else nearest_point(self, found.points)
        if self.pointer is None or found is None or nearest is None:
            self.readout.hide()
            return
        label = first_values(found.labels)[nearest]
        if self._task.is_classification:
            words = (RIGHT if found.right[nearest] else WRONG).format(label=self._task.classes[int(label)])
        else:
            words = VALUE.format(label=float(label))
        self.readout.say([self.ui.text(words)], self.pointer)
        self.pointed.emit(found.rows[nearest])


def _reach(values: NDArray[np.float64]) -> tuple[float, float]:
    """From the smallest to the largest, with some room."""
    low, high = float(values.min(initial=0.0)), float(values.max(initial=0.0))
    room = 0.06 * max(high - low, 1e-6)
    return low - room, high + room
