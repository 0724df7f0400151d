"""What was read while the pen moved: each moment of the drawing, with the answer that was given then."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from nnplayground.gui.drawing import Drawing, Image
from nnplayground.gui.question import Answer, Question

MOST = 240
"""Moments that are kept; with more, every other one is left out, but none at which the answer turned."""


@dataclass(frozen=True, eq=False)
class Moment:
    """What the network got (28, 28), what it answered, and how many points of the pen there were."""

    image: Image
    answer: Answer
    points: int


class Film(QObject):
    """Begins anew with each drawing; taking back a stroke takes back its moments."""

    changed = Signal()

    def __init__(self, drawing: Drawing, question: Question, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drawing, self._question = drawing, question
        self._begun: tuple[float, ...] = ()
        self.moments: list[Moment] = []
        question.answered.connect(self._record)

    @property
    def turns(self) -> list[int]:
        """The moments at which the answer was another one than just before."""
        read = [moment.answer.prediction for moment in self.moments]
        return [i for i, (before, now) in enumerate(pairwise(read), 1) if before != now]

    @Slot(object)
    def _record(self, answer: Answer | None) -> None:
        strokes, row = self._drawing.strokes, self._question.row
        if answer is None or not answer.classes or not len(strokes):
            self._forget()
            return
        if row is None or not np.may_share_memory(row, self._drawing.image):
            return
        points = sum(map(len, strokes))
        self._cut(points, tuple(strokes[0][0].tolist()), answer)
        if not self.moments or points > self.moments[-1].points:
            self.moments.append(Moment(self._drawing.image, answer, points))
            if len(self.moments) > MOST:
                self._thin()
            self.changed.emit()

    def _cut(self, points: int, begun: tuple[float, ...], answer: Answer) -> None:
        """Leave out what does not lead to this drawing."""
        other = begun != self._begun or (self.moments and self.moments[-1].answer.classes != answer.classes)
        kept = [] if other else [moment for moment in self.moments if moment.points <= points]
        self._begun = begun
        if len(kept) < len(self.moments):
            self.moments = kept
            self.changed.emit()

    def _thin(self) -> None:
        last, turns = len(self.moments) - 1, set(self.turns)
        kept = [m for i, m in enumerate(self.moments) if i % 2 == 0 or i in turns or i == last]
        self.moments = kept if len(kept) < 0.9 * MOST else self.moments[::2]

    def _forget(self) -> None:
        if self.moments:
            self.moments = []
            self.changed.emit()
