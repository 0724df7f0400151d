"""The loss of every step and the evaluations of a run, kept whole at a bounded size: thinned out, never cut."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.text import Text

Floats = NDArray[np.float64]
CAPACITY = 2048


@dataclass(frozen=True)
class Evaluation:
    """Loss and accuracy (or None for a regression) on both sides of the split, after `step` steps.

    Those of samples that are held back for validation are there if there are such samples.
    """

    step: int
    train_loss: float
    train_accuracy: float | None
    test_loss: float
    test_accuracy: float | None
    validation_loss: float | None = None
    validation_accuracy: float | None = None

    @property
    def is_validated(self) -> bool:
        """Whether samples are held back, so that the test samples decide nothing."""
        return self.validation_loss is not None

    @property
    def deciding(self) -> tuple[float, float | None]:
        """Loss and accuracy that end the training: on the samples held back, or else on the test samples."""
        if self.validation_loss is not None:
            return self.validation_loss, self.validation_accuracy
        return self.test_loss, self.test_accuracy


@dataclass(frozen=True)
class Mark:
    """A setting that was changed during the run, after `step` steps."""

    step: int
    text: Text


@dataclass(frozen=True, eq=False)
class Curves:
    """A history as arrays for plotting; read-only. Each loss point stands for `steps_per_point` steps."""

    steps: Floats
    mean: Floats
    low: Floats
    high: Floats
    steps_per_point: int
    evaluations: tuple[Evaluation, ...]
    marks: tuple[Mark, ...]
    left: Left | None = None
    """What the run left behind when it last went on from an earlier step, or None."""


@dataclass(frozen=True, eq=False)
class Left:
    """The mean losses of steps that a run has left behind; read-only, of equal shape."""

    steps: Floats
    mean: Floats


@dataclass(frozen=True, eq=False)
class KeptHistory:
    """A whole history, to go on with: `bins` (3, n) are mean, least and greatest loss of `width` steps each."""

    bins: Floats
    width: int
    rest: Floats
    """Losses of the last steps, which do not fill a bin yet."""
    evaluations: tuple[Evaluation, ...] = ()
    marks: tuple[Mark, ...] = ()

    def curves(self) -> Curves:
        """As arrays for plotting."""
        return History.of(self).curves()


class History:
    """Collects the losses of steps in at most `CAPACITY` bins whose width doubles when they are full."""

    def __init__(self) -> None:
        self._bins = np.empty((3, CAPACITY))
        self._count = 0
        self._width = 1
        self._rest: Floats = np.empty(0)
        self._evaluations: list[Evaluation] = []
        self._every = 1
        self._seen = 0
        self._marks: list[Mark] = []
        self._left: Left | None = None

    def extend(self, losses: Floats) -> None:
        """Append the losses of the next steps."""
        values = np.concatenate([self._rest, losses])
        while len(values) >= self._width:
            room = CAPACITY - self._count
            full = min(room, len(values) // self._width)
            block = values[: full * self._width].reshape(full, self._width)
            target = self._bins[:, self._count : self._count + full]
            target[0], target[1], target[2] = block.mean(1), block.min(1), block.max(1)
            self._count += full
            values = values[full * self._width :]
            if self._count == CAPACITY:
                self._halve()
        self._rest = values.copy()

    def truncate(self, step: int) -> None:
        """Forget what came after `step`; a bin that is cut keeps its mean for the steps that stay."""
        count = min(self._count, step // self._width)
        if count < self._count:
            self._rest = np.full(step - count * self._width, self._bins[0, count])
            self._count = count
        else:
            self._rest = self._rest[: step - count * self._width]
        self._evaluations = [e for e in self._evaluations if e.step <= step]
        self._marks = [m for m in self._marks if m.step <= step]

    def branch(self, step: int) -> None:
        """Go on from `step`: what came after it is left behind, and stays to be seen."""
        curves = self.curves()
        after = curves.steps > step
        self._left = Left(curves.steps[after], curves.mean[after])
        self.truncate(step)

    def _halve(self) -> None:
        half = CAPACITY // 2
        pairs = self._bins.reshape(3, half, 2)
        self._bins[:, :half] = [pairs[0].mean(1), pairs[1].min(1), pairs[2].max(1)]
        self._count, self._width = half, self._width * 2

    def evaluate(self, evaluation: Evaluation) -> None:
        """Append an evaluation; one at the same step replaces the last, and half are dropped when there are too many."""
        if self._evaluations and self._evaluations[-1].step == evaluation.step:
            self._evaluations[-1] = evaluation
            return
        self._evaluations.append(evaluation)
        if len(self._evaluations) > CAPACITY:
            self._evaluations = self._evaluations[:1] + self._evaluations[2::2]

    def mark(self, step: int, text: Text) -> None:
        """Note that a setting changed after `step`."""
        self._marks.append(Mark(step, text))
        del self._marks[:-CAPACITY]

    def kept(self) -> KeptHistory:
        """The history so far, to go on with."""
        bins = self._bins[:, : self._count].copy()
        return KeptHistory(bins, self._width, self._rest.copy(), tuple(self._evaluations), tuple(self._marks))

    @classmethod
    def of(cls, kept: KeptHistory) -> History:
        """One that goes on from `kept`, which has fewer than `CAPACITY` bins."""
        made = cls()
        made._count, made._width, made._rest = kept.bins.shape[1], kept.width, kept.rest.copy()
        made._bins[:, : made._count] = kept.bins
        made._evaluations, made._marks = list(kept.evaluations), list(kept.marks)
        return made

    @property
    def last_evaluation(self) -> Evaluation | None:
        return self._evaluations[-1] if self._evaluations else None

    def evaluation_before(self, step: int) -> Evaluation | None:
        """The last evaluation at or before `step`."""
        return next((e for e in reversed(self._evaluations) if e.step <= step), None)

    def curves(self) -> Curves:
        """The history so far, as arrays of its own."""
        bins = self._bins[:, : self._count].copy()
        steps: Floats = (np.arange(self._count, dtype=np.float64) + 0.5) * self._width + 0.5
        if len(self._rest):
            tail = np.array([[self._rest.mean()], [self._rest.min()], [self._rest.max()]])
            bins = np.concatenate([bins, tail], axis=1)
            steps = np.concatenate([steps, [self._count * self._width + (len(self._rest) + 1) / 2]])
        for array in (bins, steps):
            array.flags.writeable = False
        mean, low, high = bins
        evaluations, marks = tuple(self._evaluations), tuple(self._marks)
        return Curves(steps, mean, low, high, self._width, evaluations, marks, self._left)
