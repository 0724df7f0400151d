"""What the network answers rightly and wrongly: the confusion matrix, and the samples themselves."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from nnplayground.data.task import Data, first_values
from nnplayground.gui.blank import LOADING, Blank
from nnplayground.gui.confusion_cells import ACCURACY, CountCell, cells_of
from nnplayground.gui.desk import Desk
from nnplayground.gui.flow import FlowRow
from nnplayground.gui.gallery import Exhibits, Gallery
from nnplayground.gui.pacing import interval_for
from nnplayground.gui.painted_table import PaintedTable
from nnplayground.gui.panes import PaneView
from nnplayground.gui.side_choice import SideChoice
from nnplayground.text import Text
from nnplayground.training.probes import Probe
from nnplayground.training.probes.confusion import Confusion, ConfusionMatrix
from nnplayground.training.probes.training_data import TrainingData
from nnplayground.training.probes.worst_mistakes import Mistakes, WorstMistakes
from nnplayground.training.snapshot import Snapshot

MOST = 60
"""Samples of one cell that are shown."""
FEW = 20
"""Of a regression, where every sample is a little wrong."""
MATRIX = Text("Confusion matrix: rows are right classes, columns answers", "混同行列（行は正解、列は答え）")
RIGHT = Text("Right: {share:.1%} of {n}", "正解率 {share:.1%}（{n} 件）")
SAMPLES = Text("{n} samples", "{n} 件")
WORST = Text("Worst mistakes", "最も悪い誤答")
FARTHEST = Text("Largest errors", "最も大きい誤差")
OF_ALL = Text("{what}: {shown} of {count}", "{what}: {count} 件中 {shown} 件")
CELL = Text("{label}, answered as {predicted}", "{label} を {predicted} と回答")
NO_MISTAKE = Text("No mistake.", "誤答はありません。")
WRONG = Text(
    "Sample {number}: {label}, answered as {predicted} with {share:.0%}.",
    "データ {number}: {label} を {predicted} と回答（確率 {share:.0%}）。",
)
OFF = Text(
    "Sample {number}: {value:.3g} instead of {label:.3g}.", "データ {number}: {label:.3g} に対して {value:.3g}。"
)
ANSWERED = Text(
    "Sample {number}: {label}, answered as {predicted}.", "データ {number}: {label} を {predicted} と回答。"
)


class MistakesView(PaneView):
    """The matrix above, samples below."""

    interval = 0.5

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.side = SideChoice(desk.ui)
        self.total, self.title = QLabel(), QLabel()
        self.total.setObjectName("mistakes_total")
        self.title.setObjectName("mistakes_title")
        self.table = PaintedTable(desk.ui, MATRIX, lowest=16)
        self.table.setObjectName("confusion_table")
        self.gallery = Gallery(desk.ui)
        self.back = QPushButton()
        self.back.setObjectName("worst_mistakes")
        desk.ui.bind(self.back.setText, WORST, self.back)
        self._lay_out()
        self.side.currentIndexChanged.connect(self.refresh)
        self.table.selectionModel().currentChanged.connect(self._chosen)
        self.back.clicked.connect(self._show_worst)

    def _lay_out(self) -> None:
        top, line = FlowRow(), FlowRow()
        top.addWidget(self.side)
        top.addWidget(self.total, 1)
        line.addWidget(self.title, 1)
        line.addWidget(self.back)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 4, 0, 0)
        below.addLayout(line)
        below.addWidget(self.gallery, 1)
        both = QSplitter(Qt.Orientation.Vertical)
        both.setChildrenCollapsible(False)
        both.addWidget(self.table)
        both.addWidget(lower)
        both.setSizes([500, 400])
        self.blank = Blank(self.desk.ui, both)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 8)
        layout.addLayout(top)
        layout.addWidget(self.blank, 1)

    def probes(self, snapshot: Snapshot) -> tuple[Probe, ...]:
        side, most = self.side.value, MOST if snapshot.experiment.dataset.task.is_classification else FEW
        return ConfusionMatrix(side), WorstMistakes(side, most), TrainingData()

    @Slot(QModelIndex)
    def _chosen(self, _index: QModelIndex) -> None:
        self.refresh()

    @Slot()
    def _show_worst(self) -> None:
        self.table.setCurrentIndex(QModelIndex())
        self.table.clearSelection()
        self.refresh()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self.interval = interval_for(snapshot.network, 0.5, 1.0)
        confusion, mistakes, data = (snapshot.probes.get(probe) for probe in self.probes(snapshot))
        if mistakes is None or data is None:
            self.desk.controller.prepare()
            self.blank.say(LOADING)
            return
        self.blank.say(None)
        self.table.setVisible(confusion is not None)
        self._show_total(confusion, data)
        if confusion is not None:
            names = [Text.same(name) for name in confusion.classes]
            self.table.fill([*names, ACCURACY], names, cells_of(confusion))
        cell = self.table.cell(self.table.currentIndex()) if confusion is not None else None
        self.back.setVisible(cell is not None)
        if confusion is not None and isinstance(cell, CountCell):
            self._show_cell(confusion, cell, data)
        elif confusion is not None and cell is not None:
            self._show_class(confusion, self.table.currentIndex().row(), data)
        else:
            self._show_mistakes(mistakes, data)

    def _show_total(self, confusion: Confusion | None, data: Data) -> None:
        count = len(data.test_labels if self.side.value == "test" else data.train_labels)
        said = SAMPLES.format(n=count)
        if confusion is not None:
            said = RIGHT.format(share=confusion.accuracy, n=len(confusion.labels))
        self._say(self.total, said)

    def _show_cell(self, confusion: Confusion, cell: CountCell, data: Data) -> None:
        label, predicted = (confusion.classes.index(name) for name in (cell.label, cell.predicted))
        samples = confusion.samples(label, predicted)
        self._show(confusion, samples, data, CELL.format(label=cell.label, predicted=cell.predicted))

    def _show_class(self, confusion: Confusion, label: int, data: Data) -> None:
        wrong = (confusion.labels == label) & (confusion.predicted != label)
        self._show(confusion, np.flatnonzero(wrong), data, Text.same(confusion.classes[label]))

    def _show(self, confusion: Confusion, samples: np.ndarray, data: Data, title: Text) -> None:
        names, shown = confusion.classes, samples[:MOST]
        pairs = [(names[confusion.labels[i]], names[confusion.predicted[i]]) for i in shown]
        said = [ANSWERED.format(number=i + 1, label=a, predicted=b) for i, (a, b) in zip(shown, pairs, strict=True)]
        self._say(self.title, OF_ALL.format(what=title, shown=len(shown), count=len(samples)))
        captions = [a if a == b else f"{a} → {b}" for a, b in pairs]
        self.gallery.show_exhibits(Exhibits(data, self.side.value, shown, captions, said))

    def _show_mistakes(self, found: Mistakes, data: Data) -> None:
        what = WORST if data.task.is_classification else FARTHEST
        title = OF_ALL.format(what=what, shown=len(found.samples), count=found.count) if found.count else NO_MISTAKE
        self._say(self.title, title)
        words = [_words(found, i, data) for i in range(len(found.samples))]
        captions, said = [c for c, _ in words], [s for _, s in words]
        self.gallery.show_exhibits(Exhibits(data, self.side.value, found.samples, captions, said))

    def _say(self, label: QLabel, words: Text) -> None:
        if label.text() != self.desk.ui.text(words):
            self.desk.ui.bind(label.setText, words, label)


def _words(found: Mistakes, place: int, data: Data) -> tuple[str, Text]:
    """The word below a mistake, and a sentence."""
    number, value = int(found.samples[place]) + 1, found.values[place]
    if not data.task.is_classification:
        wanted = float(first_values(found.labels)[place])
        return f"{value[0]:.2g}", OFF.format(number=number, value=float(value[0]), label=wanted)
    label, predicted = data.task.classes[int(found.labels[place])], data.task.classes[int(value.argmax())]
    return f"{label} → {predicted}", WRONG.format(
        number=number, label=label, predicted=predicted, share=float(value.max())
    )
