"""The plane as the network sees it, with the data on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from nnplayground.data.task import Data
from nnplayground.engine.arrays import Array
from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import Pane, PaneView, panes
from nnplayground.gui.plane_colors import SYMBOLS, class_picture, value_color, value_picture
from nnplayground.gui.plot import Plot
from nnplayground.gui.plot_items import Picture
from nnplayground.gui.question import Answer
from nnplayground.gui.theme import Theme
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment
from nnplayground.training.probes import Probe
from nnplayground.training.probes._plane import points_of
from nnplayground.training.probes.decision_map import DecisionMap, PlaneMap
from nnplayground.training.snapshot import Snapshot

POINTS = 600
"""Points of each side of the split that are drawn, at most."""
LOADING = Text("Preparing the data…", "データを準備しています…")
LEGEND = Text("Filled: training data. Hollow: test data.", "塗りつぶし: 訓練データ、白抜き: テストデータ")
THERE = Text(
    "At ({x:.2f}, {y:.2f}): class {name}, {share:.0%}", "({x:.2f}, {y:.2f}) の判定: クラス {name}（{share:.0%}）"
)
VALUE = Text("At ({x:.2f}, {y:.2f}): {value:.3f}", "({x:.2f}, {y:.2f}) の値: {value:.3f}")


@panes.register
@dataclass(frozen=True)
class DecisionMapPane(Pane):
    """Decision map of data on the plane."""

    id = "decision_map"
    label = Text("Decision map", "決定境界")
    help = Text(
        "What the network would answer at each point of the plane, the stronger the colour the surer. "
        "Point at a place to see its probabilities.",
        "平面の各点でのネットワークの答えです。色が濃いほど自信があります。点を指すとその場所の確率が出ます。",
    )
    icon = "data"
    column = "right"
    behind = "digit"
    unsuited = Text(
        "The decision map needs data with two inputs, which lie on a plane.",
        "決定境界は、入力が 2 つ（平面上の点）のデータで表示できます。",
    )
    instead = "three-classes"

    def suits(self, experiment: Experiment) -> bool:
        return experiment.dataset.lies_on_plane

    def build(self, desk: Desk) -> QWidget:
        return DecisionMapView(desk)


class DecisionMapView(PaneView):
    """The map; pointing at it asks the network about that point."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("decision_map_view")
        self.plot = PlanePlot(desk)
        self.picture = Picture(self.plot)
        self.points: list[pg.ScatterPlotItem] = []
        self._drawn: tuple[Data, Theme] | None = None
        self._words = QLabel()
        self._words.setObjectName("decision_map_words")
        self._words.setProperty("role", "muted")
        self._words.setWordWrap(True)
        self._words.setContentsMargins(8, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 0, 8, 8)
        layout.setSpacing(2)
        layout.addWidget(self.plot, 1)
        layout.addWidget(self._words)
        desk.question.answered.connect(self._answered)
        desk.ui.theme_changed.connect(self.refresh)
        desk.ui.bind(self._words.setText, LOADING, self._words)

    def probes(self, snapshot: Snapshot) -> tuple[Probe, ...]:
        return (DecisionMap(),) if snapshot.experiment.dataset.lies_on_plane else ()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        answer = snapshot.probes.get(DecisionMap())
        if not isinstance(answer, PlaneMap):
            self.desk.controller.prepare()
            return
        theme = self.desk.ui.theme
        if self._drawn is None or self._drawn[0] is not answer.data or self._drawn[1] is not theme:
            self._drawn = answer.data, theme
            self._show_data(answer)
        side = answer.high - answer.low
        self.picture.set(self._pixels(answer, theme), QRectF(answer.low, answer.low, side, side))

    def _pixels(self, answer: PlaneMap, theme: Theme) -> np.ndarray:
        if answer.data.task.is_classification:
            return class_picture(answer.values, theme)
        return value_picture(answer.values[:, :, 0], _furthest(answer.data), theme)

    def _show_data(self, answer: PlaneMap) -> None:
        for item in self.points:
            self.plot.box.removeItem(item)
        data = answer.data
        train, test = points_of(data)
        self.points = [
            *self._scatter(data, test[:POINTS], data.test_labels[:POINTS], hollow=True),
            *self._scatter(data, train[:POINTS], data.train_labels[:POINTS], hollow=False),
        ]
        for item in self.points:
            self.plot.box.addItem(item, ignoreBounds=True)
        self.plot.follow.fix(x=(answer.low, answer.high), y=(answer.low, answer.high))
        self.plot.fit()
        self.desk.ui.bind(self._words.setText, LEGEND, self._words)

    def _scatter(self, data: Data, x: Array, labels: np.ndarray, hollow: bool) -> list[pg.ScatterPlotItem]:
        theme = self.desk.ui.theme
        if not data.task.is_classification:
            colors = [value_color(float(v), _furthest(data), theme) for v in labels.reshape(len(labels), -1)[:, 0]]
            brushes = [pg.mkBrush(theme.surface if hollow else c) for c in colors]
            pens = [pg.mkPen(c if hollow else theme.outline) for c in colors]
            return [pg.ScatterPlotItem(pos=x.astype(float), brush=brushes, pen=pens, size=8)]
        found = []
        for k in range(len(data.task.classes)):
            color = QColor(theme.class_color(k))
            fill, edge = (QColor(theme.surface), color) if hollow else (color, QColor(theme.surface))
            style = {"brush": pg.mkBrush(fill), "pen": pg.mkPen(edge), "symbol": SYMBOLS[k % len(SYMBOLS)], "size": 9}
            found.append(pg.ScatterPlotItem(pos=x[labels == k].astype(float), **style))
        return found

    @Slot(object)
    def _answered(self, answer: Answer | None) -> None:
        if answer is None or not self.plot.asked.isVisible():
            return
        place = self.plot.asked.pos()
        at = {"x": place.x(), "y": place.y()}
        if answer.classes:
            best = answer.prediction
            said = THERE.format(name=answer.classes[best], share=answer.values[best], **at)
        else:
            said = VALUE.format(value=answer.values[0], **at)
        self.desk.ui.bind(self._words.setText, said, self._words)


class PlanePlot(Plot):
    """A plot of the plane that asks about the point under the pointer."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.ui, DecisionMapPane.label, Text.same("x₁"), Text.same("x₂"))
        self._desk = desk
        self.box.setAspectLocked(True)
        self.asked = pg.TargetItem(movable=False, size=12)
        self.asked.hide()
        self.box.addItem(self.asked, ignoreBounds=True)
        desk.ui.bind_theme(lambda theme: self.asked.setPen(pg.mkPen(theme.text)), self)

    @Slot()
    def read(self) -> None:
        """Ask about the point under the pointer."""
        if self.pointer is not None:
            place = self.box.mapSceneToView(self.view.mapToScene(self.pointer))
            self.ask(place.x(), place.y())

    def ask(self, x: float, y: float) -> None:
        """Ask the network about a point."""
        self.asked.setPos(x, y)
        self.asked.show()
        row = self._desk.document.experiment.dataset.on_plane(np.array([[x, y]], np.float32))
        self._desk.question.ask(None if row is None else row[0])


def _furthest(data: Data) -> float:
    return max(float(np.abs(data.train_labels).max()), 1e-9)
