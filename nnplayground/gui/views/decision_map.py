"""The plane as the network sees it, with the data on it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout

from nnplayground.data.datasets import Dataset
from nnplayground.data.task import Data
from nnplayground.gui.blank import LOADING, Blank
from nnplayground.gui.desk import Desk
from nnplayground.gui.explain import joined
from nnplayground.gui.panes import PaneView
from nnplayground.gui.panes.decision_map import DecisionMapPane
from nnplayground.gui.plane_colors import class_picture, furthest, value_picture
from nnplayground.gui.plane_plot import POINTS, PlanePlot
from nnplayground.gui.plane_switches import PlaneSwitches
from nnplayground.gui.question import Answer
from nnplayground.gui.theme import Theme
from nnplayground.text import Text, listed
from nnplayground.training.probes import Probe
from nnplayground.training.probes.decision_map import DecisionMap, PlaneMap
from nnplayground.training.snapshot import Snapshot

LEGEND = Text("Filled: training data. Hollow: test data.", "塗りつぶし: 訓練データ、白抜き: テストデータ。")
RINGED = Text("Ringed: misclassified.", "輪つき: 誤分類。")
FIRST = Text("Of each, the first {n} are drawn.", "それぞれ先頭の {n} 件を表示しています。")
THERE = Text("At ({x:.2f}, {y:.2f}): {shares}", "({x:.2f}, {y:.2f}) の判定: {shares}")
SHARE = Text("class {name} {share:.0%}", "クラス {name} {share:.0%}")
VALUE = Text("At ({x:.2f}, {y:.2f}): {value:.3f}", "({x:.2f}, {y:.2f}) の値: {value:.3f}")
NAMED = 3
"""So many classes are named with their probabilities, the most probable first."""


class DecisionMapView(PaneView):
    """The map; pointing at it asks the network about that point."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("decision_map_view")
        self.plot = PlanePlot(desk, DecisionMapPane.label)
        self.switches = PlaneSwitches(desk.ui)
        self.plot.header.insertWidget(0, self.switches)
        self.answer: PlaneMap | None = None
        """What is shown."""
        self._dataset: Dataset | None = None
        """What that is about."""
        self.blank = Blank(desk.ui, self.plot)
        self._drawn: tuple[Data, Theme] | None = None
        self._words = QLabel()
        self._words.setObjectName("decision_map_words")
        self._words.setProperty("role", "muted")
        self._words.setWordWrap(True)
        self._words.setContentsMargins(8, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 0, 8, 8)
        layout.setSpacing(2)
        layout.addWidget(self.blank, 1)
        layout.addWidget(self._words)
        self.switches.changed.connect(self._switched)
        desk.question.answered.connect(self._answered)
        desk.ui.theme_changed.connect(self.refresh)
        desk.ui.bind(self._words.setText, LOADING, self._words)

    def _map(self, snapshot: Snapshot) -> DecisionMap:
        """What is asked of the run."""
        classes = snapshot.experiment.dataset.task.is_classification
        return DecisionMap(100, self.switches.levels if classes else (), POINTS)

    def probes(self, snapshot: Snapshot) -> tuple[Probe, ...]:
        return (self._map(snapshot),) if snapshot.experiment.dataset.lies_on_plane else ()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        answer = snapshot.probes.get(self._map(snapshot))
        if not isinstance(answer, PlaneMap):
            if snapshot.experiment.dataset != self._dataset:
                self.blank.say(LOADING)
            self.desk.controller.prepare()
            return
        self.blank.say(None)
        self.answer, self._dataset = answer, snapshot.experiment.dataset
        theme, data = self.desk.ui.theme, answer.data
        if self._drawn is None or self._drawn[0] is not data or self._drawn[1] is not theme:
            self._drawn = data, theme
            self._show_data(answer)
        self.plot.show_map(self._pixels(answer, theme))
        self.plot.show_contours(answer)
        self.plot.show_wrong(answer)

    def _pixels(self, answer: PlaneMap, theme: Theme) -> np.ndarray:
        discrete = self.switches.discrete.isChecked()
        if answer.data.task.is_classification:
            return class_picture(answer.values, theme, discrete)
        return value_picture(answer.values[:, :, 0], furthest(answer.data), theme, discrete)

    def _show_data(self, answer: PlaneMap) -> None:
        data = answer.data
        self.plot.show_data(data)
        self.plot.show_plane(answer.low, answer.high)
        self._show_sides()
        self.switches.contours.setVisible(data.task.is_classification)
        said = [LEGEND]
        if data.task.is_classification:
            said.append(RINGED)
        if max(len(data.train_labels), len(data.test_labels)) > POINTS:
            said.append(FIRST.format(n=POINTS))
        self.desk.ui.bind(self._words.setText, joined(*said), self._words)

    def _show_sides(self) -> None:
        self.plot.show_side("train", self.switches.train.isChecked())
        self.plot.show_side("test", self.switches.test.isChecked())

    @Slot()
    def _switched(self) -> None:
        self._show_sides()
        self.refresh()

    @Slot(object)
    def _answered(self, answer: Answer | None) -> None:
        if answer is None or not self.plot.asked.isVisible():
            return
        place = self.plot.asked.pos()
        at = {"x": place.x(), "y": place.y()}
        if answer.classes:
            best = sorted(range(len(answer.values)), key=lambda k: -answer.values[k])[:NAMED]
            shares = (SHARE.format(name=answer.classes[k], share=answer.values[k]) for k in best)
            said = THERE.format(shares=listed(shares), **at)
        else:
            said = VALUE.format(value=answer.values[0], **at)
        self.desk.ui.bind(self._words.setText, said, self._words)
