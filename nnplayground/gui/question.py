"""What the person asks the network: a drawing or a point of the plane; and what it answers, as it is right now."""

from __future__ import annotations

import weakref
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from nnplayground.engine.arrays import Array
from nnplayground.gui.controller import Controller
from nnplayground.gui.predictor import Predictor
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
        self._predictor = Predictor(self, controller)
        self._read: weakref.ref[Snapshot] | None = None
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
        if self._controller.newest is not (self._read and self._read()):
            self._reply()

    def _reply(self) -> None:
        snapshot = self._controller.newest
        self._read = None if snapshot is None else weakref.ref(snapshot)
        answer = None if self._row is None or snapshot is None else self._ask(self._row, snapshot)
        if answer is not None or self.answer is not None:
            self.answer = answer
            self.answered.emit(answer)

    def _ask(self, row: Array, snapshot: Snapshot) -> Answer | None:
        shares = self._predictor.shares(snapshot, row[None])
        if shares is None:
            return None
        return Answer(snapshot.experiment.dataset.task.classes, tuple(shares[0].tolist()))
