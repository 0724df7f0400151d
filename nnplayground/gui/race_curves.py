"""The curves of all lanes in one plot."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent

from nnplayground.gui.curve import Curve, Floats
from nnplayground.gui.plot import Plot
from nnplayground.gui.theme import Theme
from nnplayground.gui.ui import Ui
from nnplayground.text import Text
from nnplayground.training.history import Curves, Evaluation
from nnplayground.training.race import Lane

NAME = Text("Curves of the lanes", "各レーンの曲線")
STEP = Text("Step", "ステップ")
LOW = 230
"""Pixels of a plot without room for the names of its axes."""
POINTS = 80
"""Points of a curve, at most: means of some steps, so that four zigzags can be told apart."""
STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)
MEASURES = {
    "batches": Text("Loss of the mini-batches", "ミニバッチの損失"),
    "train_loss": Text("Training loss", "訓練損失"),
    "test_loss": Text("Test loss", "テスト損失"),
    "test_accuracy": Text("Test accuracy", "テスト精度"),
}


class RaceCurves(Plot):
    """One curve a lane, told apart by colour and by dashes."""

    def __init__(self, ui: Ui, lanes: Sequence[Lane], measure: str) -> None:
        super().__init__(ui, NAME, STEP, MEASURES[measure])
        self.setObjectName("race_curves")
        self._measure = measure
        self.offer_log(y=True)
        self.hold_axis()
        self.lanes: list[Curve] = [self.curve(lane.label, _painter(i), style=STYLES[i]) for i, lane in enumerate(lanes)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is low, the curves need the room more than the names of the axes."""
        super().resizeEvent(event)
        for side in ("bottom", "left"):
            self.item.getAxis(side).showLabel(self.height() >= LOW)

    def set_measure(self, measure: str) -> None:
        """What is drawn: a key of `MEASURES`."""
        self._measure = measure
        self.set_names(STEP, MEASURES[measure])

    def show_curves(self, lanes: Sequence[Curves], start: int) -> None:
        """Draw what the lanes have done since step `start`."""
        for curve, found in zip(self.lanes, lanes, strict=True):
            if self._measure == "batches":
                curve.set(*smoothed(found, start))
            else:
                since = [e for e in found.evaluations if e.step >= start]
                curve.set([e.step for e in since], [self._value(e) for e in since])

    def _value(self, evaluation: Evaluation) -> float:
        value = getattr(evaluation, self._measure)
        return np.nan if value is None else float(value)


def smoothed(curves: Curves, start: int) -> tuple[Floats, Floats]:
    """Steps after `start` and mean losses, in at most `POINTS` points."""
    first = int(np.searchsorted(curves.steps, start, side="right"))
    steps, mean = curves.steps[first:], curves.mean[first:]
    if len(steps) <= POINTS:
        return steps, mean
    starts = np.arange(0, len(steps), -(-len(steps) // POINTS))
    sizes = np.diff(np.append(starts, len(steps)))
    return np.add.reduceat(steps, starts) / sizes, np.add.reduceat(mean, starts) / sizes


def _painter(index: int) -> Callable[[Theme], str]:
    return lambda theme: theme.curve_color(index)
