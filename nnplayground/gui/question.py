"""What the person asks the network: a drawing or a point of the plane; and what it answers, as it is right now."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from nnplayground.engine.arrays import Array
from nnplayground.engine.plan import Plan
from nnplayground.gui.controller import Controller
from nnplayground.training.snapshot import Snapshot


@dataclass(frozen=True)
class Answer:
    """The outputs for one input: shares of the classes, or the values of a regression (`classes` empty)."""

    classes: tuple[str, ...]
    values: tuple[float, ...]

    @property
    def prediction(self) -> int:
        """The most probable class; -1 for a regression."""
        return max(range(len(self.values)), key=self.values.__getitem__) if self.classes else -1


class Question(QObject):
    """Answers at once, in the thread of the window, with the parameters of the newest snapshot."""

    answered = Signal(object)
    """The new `Answer`, or None when nothing is asked."""

    def __init__(self, controller: Controller, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._row: Array | None = None
        self._plan: Plan | None = None
        self._parameters: Array = np.zeros(0, np.float32)
        self._read: Snapshot | None = None
        self.answer: Answer | None = None

    @property
    def row(self) -> Array | None:
        """What is asked, (features,), or None."""
        return self._row

    @Slot(object)
    def ask(self, row: Array | None) -> None:
        """Ask about `row` (features,); None takes the question back."""
        self._row = row
        self._reply()

    def renew(self) -> None:
        """Answer the same question again if the network has learnt since."""
        if self._controller.newest is not self._read:
            self._reply()

    def _reply(self) -> None:
        snapshot = self._controller.newest
        self._read = snapshot
        answer = None if self._row is None or snapshot is None else self._ask(self._row, snapshot)
        if answer is not None or self.answer is not None:
            self.answer = answer
            self.answered.emit(answer)

    def _ask(self, row: Array, snapshot: Snapshot) -> Answer | None:
        network, task = snapshot.network, snapshot.experiment.dataset.task
        if row.size != int(np.prod(network.spec.input_shape)) or not task.fits(network.output_shape[0]):
            return None
        plan = self._plan
        if plan is None or plan.network is not network:
            self._parameters = snapshot.parameters.copy()
            plan = self._plan = Plan(network, 1, self._parameters)
        else:
            np.copyto(self._parameters, snapshot.parameters)
        plan.rows[0] = row
        with np.errstate(all="ignore"):
            plan.forward()
            shares = task.probabilities(plan.outputs.T, network.output_activation)[0]
        if not np.isfinite(shares).all():
            return None
        return Answer(task.classes, tuple(shares.tolist()))
