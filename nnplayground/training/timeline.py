"""The past of a run: checkpoints at growing distances, within a fixed memory; any step is found again by replaying."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from nnplayground.data.task import Data
from nnplayground.engine.arrays import Array
from nnplayground.training.experiment import Experiment, same_layout
from nnplayground.training.trainer import Checkpoint, Trainer

BUDGET = 192 * 2**20
"""Bytes that the checkpoints of one run may take."""
OVERHEAD = 2_500
"""Bytes of a checkpoint beside its arrays, about: mostly the states of two random number generators."""


@dataclass(frozen=True, eq=False)
class Moment:
    """A checkpoint with what it was trained on: enough to go on from it."""

    experiment: Experiment
    data: Data
    checkpoint: Checkpoint

    @property
    def step(self) -> int:
        return self.checkpoint.step

    def size(self, before: Moment | None) -> int:
        """Bytes it takes after the moment `before` it; the order of the samples is shared within an epoch."""
        own = self.checkpoint.parameters.nbytes + sum(s.nbytes for s in self.checkpoint.state) + OVERHEAD
        shared = before is not None and before.checkpoint.order is self.checkpoint.order
        return own if shared else own + self.checkpoint.order.nbytes


class Timeline:
    """Moments of one run in the order of their steps. The first, and those at which a setting changed, are kept."""

    def __init__(self, budget: int = BUDGET) -> None:
        self._budget = budget
        self._moments: list[Moment] = []
        self._spacing = 1
        self._size = 0

    @property
    def size(self) -> int:
        """Bytes in use."""
        return self._size

    @property
    def budget(self) -> int:
        """Bytes that it may use."""
        return self._budget

    @property
    def first_step(self) -> int:
        """The oldest step that can be found again: where a run that was read from a file was taken up."""
        return self._moments[0].step if self._moments else 0

    @property
    def last_step(self) -> int:
        """The newest step that can be found again without new training."""
        return self._moments[-1].step if self._moments else 0

    def note(self, trainer: Trainer) -> None:
        """Keep the trainer's newest checkpoint if it is far enough from the last, or the first under new settings."""
        self._keep(Moment(trainer.experiment, trainer.data, trainer.guard))

    def note_now(self, trainer: Trainer) -> None:
        """Keep the present state, wherever the last checkpoint lies: the end of a run that is paused."""
        self._keep(Moment(trainer.experiment, trainer.data, trainer.checkpoint()), at_any_distance=True)

    def _keep(self, moment: Moment, at_any_distance: bool = False) -> None:
        last = self._newest()
        if last is not None and last.experiment is moment.experiment:
            distance = moment.step - last.step
            if distance <= 0 or not (at_any_distance or distance >= self._spacing):
                return
        if last is not None and last.step == moment.step:
            self._size -= self._moments.pop().size(self._newest())  # what was changed twice comes back as it was last
        self._size += moment.size(self._newest())
        self._moments.append(moment)
        while self._size > self._budget and len(self._moments) > 4:
            self._thin_out()

    def _newest(self) -> Moment | None:
        return self._moments[-1] if self._moments else None

    def _weigh(self) -> None:
        """Count the bytes anew: once for each halving, and not for each step of a run of millions."""
        self._size = sum(m.size(before) for before, m in zip([None, *self._moments], self._moments, strict=False))

    def _thin_out(self) -> None:
        """Drop every second moment that no change of settings began, and double the distance."""
        kept, drop = [self._moments[0]], True
        for before, moment in zip(self._moments, self._moments[1:-1], strict=False):
            if before.experiment is moment.experiment and drop:
                drop = False
                continue
            kept.append(moment)
            drop = True
        if len(kept) + 1 == len(self._moments):
            del kept[1]
        kept.append(self._moments[-1])
        self._spacing = 2 * max(self._spacing, self._moments[-1].step // len(self._moments))
        self._moments = kept
        self._weigh()

    def before(self, step: int) -> Moment | None:
        """The newest moment at or before `step`."""
        place = bisect_right(self._moments, step, key=lambda m: m.step)
        return self._moments[place - 1] if place else None

    def path(self, trainer: Trainer, most: int = 200) -> list[tuple[int, Array]]:
        """Steps and parameters (size,) on the way to the present of `trainer`, as far back as the layers were the same."""
        found: list[tuple[int, Array]] = []
        for moment in reversed(self._moments):
            if moment.step > trainer.step_count:
                continue
            if not same_layout(moment.experiment, trainer.experiment):
                break
            found.append((moment.step, moment.checkpoint.parameters))
        found = found[::-1][:: -(-len(found) // most) or 1]
        return [*found, (trainer.step_count, trainer.parameters.copy())]

    def copy(self) -> Timeline:
        """One that goes on by itself; the moments so far are shared."""
        twin = Timeline(self._budget)
        twin._moments, twin._spacing, twin._size = list(self._moments), self._spacing, self._size
        return twin

    def truncate(self, step: int) -> None:
        """Forget the moments after `step`: the run branches there."""
        self._moments = [m for m in self._moments if m.step <= step]
        self._weigh()


def travel(trainer: Trainer, timeline: Timeline, step: int) -> None:
    """Bring `trainer` to the state after `step` steps of the run, to the last bit, under the settings of that time."""
    moment = timeline.before(step)
    if moment is None:
        return
    if trainer.experiment is not moment.experiment or trainer.data is not moment.data:
        trainer.adopt(moment.experiment, moment.data)
    trainer.restore(moment.checkpoint)
    if step > trainer.step_count:
        trainer.steps(step - trainer.step_count)
