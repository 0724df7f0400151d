"""The learning rate over the run, as the schedule has it: what was, and what is to come."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize, Qt

from nnplayground.gui.designer.data_card import training_samples
from nnplayground.gui.plot import Plot
from nnplayground.gui.ui import Ui
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment
from nnplayground.training.snapshot import Snapshot

RATE = Text("Learning rate", "学習率")
DONE, TO_COME = Text("Learning rate", "学習率"), Text("Planned", "予定")
STEP, EPOCH = Text("Step", "ステップ"), Text("Epoch", "エポック")
POINTS = 200
HEIGHT = 130


class RatePlot(Plot):
    """Drawn for the settings of now; only where there is a schedule."""

    def __init__(self, ui: Ui) -> None:
        super().__init__(ui, RATE, STEP, RATE)
        self.setObjectName("rate_plot")
        self.offer_log(y=True)
        self.done = self.curve(DONE, lambda theme: theme.accent)
        self.to_come = self.curve(TO_COME, lambda theme: theme.outline, style=Qt.PenStyle.DashLine)
        for side in ("bottom", "left"):
            self.item.getAxis(side).showLabel(False)
        self.setMaximumHeight(HEIGHT)

    def show_rate(self, snapshot: Snapshot) -> None:
        """Draw the rate up to where the run is, and on to the end of the epochs that are set."""
        experiment = snapshot.experiment
        per_epoch = steps_per_epoch(snapshot)
        end = max(experiment.epochs, snapshot.epoch)
        epochs = np.linspace(0, end, POINTS)
        done = np.append(epochs[epochs < snapshot.epoch], snapshot.epoch)
        rest = np.insert(epochs[epochs > snapshot.epoch], 0, snapshot.epoch)
        self.done.set(done * (per_epoch or 1), rates(experiment, done))
        self.to_come.set(rest * (per_epoch or 1), rates(experiment, rest))
        self.x_name = STEP if per_epoch else EPOCH

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)


def rates(experiment: Experiment, epochs: np.ndarray) -> np.ndarray:
    """The learning rates after `epochs` (n,) epochs."""
    factors = [experiment.schedule.factor(float(epoch)) for epoch in epochs]
    return experiment.learning_rate * np.array(factors, np.float64)


def steps_per_epoch(snapshot: Snapshot) -> float | None:
    """As the run has it, or as the data promises; None where nobody knows before the data is loaded."""
    if snapshot.epoch > 0:
        return snapshot.step / snapshot.epoch
    samples = training_samples(snapshot.experiment)
    return None if samples is None else float(-(-samples // snapshot.experiment.batch_size))
