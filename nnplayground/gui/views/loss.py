"""Loss and accuracy over the whole run."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from nnplayground.gui.curve import Curve, Floats
from nnplayground.gui.desk import Desk
from nnplayground.gui.empty_run import EmptyRun
from nnplayground.gui.panes import PaneView
from nnplayground.gui.panes.loss import LossPane
from nnplayground.gui.plot import Plot
from nnplayground.gui.plot_items import Band, Here
from nnplayground.gui.rate_plot import HEIGHT, RatePlot
from nnplayground.gui.theme import Theme
from nnplayground.gui.time_bar import TimeBar
from nnplayground.text import Text
from nnplayground.training.history import Curves, Evaluation, Left
from nnplayground.training.snapshot import Snapshot

STEP = Text("Step", "ステップ")
LOSS = Text("Loss", "損失")
ACCURACY = Text("Accuracy", "精度")
TRAIN = Text("Training data", "訓練データ")
TEST = Text("Test data", "テストデータ")
VALIDATION = Text("Validation data", "検証データ")
LEFT = Text("Left behind", "枝分かれ前")
BATCHES = Text("Mini-batches", "ミニバッチ")
POINTS = 300
"""Points of a curve, at most: more cannot be told apart on a screen and cost time in each frame."""
TALL = 330
"""Height of the pane from which on there is room for both plots."""
LOW = 230
"""The same for the loss and the learning rate."""


class LossView(PaneView):
    """The loss, and under it the accuracy, where there is one and there is room; while it runs, they take turns."""

    interval = 0.1

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("loss_view")
        self._is_turn_of_accuracy = True
        self.loss = Plot(desk.ui, LossPane.label, STEP, LOSS)
        self.loss.offer_log(y=True)
        self.left: Curve | None = None
        """There from when the run first went on from an earlier step."""
        self.band = Band(self.loss, "train", 0.16)
        self.batches = self.loss.curve(BATCHES, lambda t: t.outline, bold=False)
        self.train_loss = self.loss.curve(TRAIN, lambda t: t.train)
        self.test_loss = self.loss.curve(TEST, lambda t: t.test)
        self.validation_loss: Curve | None = None
        """There from when samples are held back for the first time; the same of the accuracy."""
        self.accuracy = Plot(desk.ui, ACCURACY, STEP, ACCURACY)
        self.accuracy.follow.fix(y=(0.0, 1.03))
        self.train_accuracy = self.accuracy.curve(TRAIN, lambda t: t.train)
        self.test_accuracy = self.accuracy.curve(TEST, lambda t: t.test)
        self.validation_accuracy: Curve | None = None
        self.rate = RatePlot(desk.ui)
        self.rate.hide()
        self.loss.hold_axis(self.accuracy, self.rate)
        self.here = [Here(self.loss), Here(self.accuracy)]
        self.hint = EmptyRun(desk, self.loss)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 0, 8, 4)
        layout.setSpacing(0)
        layout.addWidget(self.loss, 3)
        layout.addWidget(self.accuracy, 2)
        layout.addWidget(self.rate)
        layout.addWidget(TimeBar(desk))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._is_turn_of_accuracy = not self._is_turn_of_accuracy
        for line in self.here:
            line.show_at(snapshot.step if snapshot.step < snapshot.last_step else None)
        running = snapshot.state == "running" and self.accuracy.isVisible()
        if not running or not self._is_turn_of_accuracy:
            self._show_loss(snapshot)
        if not running or self._is_turn_of_accuracy:
            self._show_accuracy(snapshot)

    def _show_loss(self, snapshot: Snapshot) -> None:
        curves = snapshot.curves
        self.hint.show_for(snapshot)
        steps, mean, low, high = thinned(curves)
        self.band.set(steps, low, high, self.loss.log)
        self.batches.set(steps, mean)
        evaluations = thinned_evaluations(curves)
        at = [e.step for e in evaluations]
        self.train_loss.set(at, [e.train_loss for e in evaluations])
        self.test_loss.set(at, [e.test_loss for e in evaluations])
        held = [e for e in evaluations if e.is_validated]
        if held and self.validation_loss is None:
            self.validation_loss = self.loss.curve(VALIDATION, _color_of_validation)
        if self.validation_loss is not None:
            self.validation_loss.set([e.step for e in held], [_known(e.validation_loss) for e in held])
        if curves.left is not None and self.left is None:
            self.left = self.loss.curve(LEFT, lambda t: t.disabled, bold=False, style=Qt.PenStyle.DotLine)
        if self.left is not None:
            self.left.set(*thinned_line(curves.left))
        self.loss.set_marks([(mark.step, mark.text) for mark in curves.marks])

    def _show_accuracy(self, snapshot: Snapshot) -> None:
        if self.accuracy.isVisible():
            evaluations = thinned_evaluations(snapshot.curves)
            at = [e.step for e in evaluations]
            self.train_accuracy.set(at, [_known(e.train_accuracy) for e in evaluations])
            self.test_accuracy.set(at, [_known(e.test_accuracy) for e in evaluations])
            held = [e for e in evaluations if e.is_validated]
            if held and self.validation_accuracy is None:
                self.validation_accuracy = self.accuracy.curve(VALIDATION, _color_of_validation)
            if self.validation_accuracy is not None:
                self.validation_accuracy.set([e.step for e in held], [_known(e.validation_accuracy) for e in held])
            self.accuracy.set_marks([(mark.step, mark.text) for mark in snapshot.curves.marks])
        if self.rate.isVisible():
            self.rate.show_rate(snapshot)
        self._make_room(snapshot)

    def _make_room(self, snapshot: Snapshot | None) -> None:
        classes = snapshot is None or snapshot.experiment.dataset.task.is_classification
        scheduled = snapshot is not None and snapshot.experiment.schedule.id != "constant" and self.height() >= LOW
        wanted = classes and self.height() >= TALL + (HEIGHT if scheduled else 0)
        if (wanted, scheduled) != (not self.accuracy.isHidden(), not self.rate.isHidden()):
            self.accuracy.setVisible(wanted)
            self.rate.setVisible(scheduled)
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room(self.desk.controller.newest)


def _color_of_validation(theme: Theme) -> str:
    return theme.curves[3]


def thinned(curves: Curves) -> tuple[Floats, Floats, Floats, Floats]:
    """Steps, mean, lowest and highest loss in at most `POINTS` points: joined, never left out."""
    count = len(curves.steps)
    if count <= POINTS:
        return curves.steps, curves.mean, curves.low, curves.high
    starts = np.arange(0, count, -(-count // POINTS))
    sizes = np.diff(np.append(starts, count))
    return (
        np.add.reduceat(curves.steps, starts) / sizes, np.add.reduceat(curves.mean, starts) / sizes,
        np.minimum.reduceat(curves.low, starts), np.maximum.reduceat(curves.high, starts),
    )  # fmt: skip


def thinned_line(left: Left | None) -> tuple[Floats, Floats]:
    """Steps and mean losses of what was left behind, in at most about `POINTS` points; none if there is nothing."""
    if left is None:
        return np.empty(0), np.empty(0)
    every = max(1, -(-len(left.steps) // POINTS))
    return left.steps[::every], left.mean[::every]


def thinned_evaluations(curves: Curves) -> tuple[Evaluation, ...]:
    """At most about `POINTS` of the evaluations, with the last one."""
    found = curves.evaluations[:: max(1, len(curves.evaluations) // POINTS)]
    if curves.evaluations and found[-1] is not curves.evaluations[-1]:
        found = (*found, curves.evaluations[-1])
    return found


def _known(value: float | None) -> float:
    return np.nan if value is None else value
