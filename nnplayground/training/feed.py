"""Mini-batches for a network: samples gathered into the arrays of plans, and the losses of several batches at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.arrays import Array, Pass
from nnplayground.engine.plan import Plan

SMALL = 128 * 1024
"""Bytes that the values of a batch take in a small network: they stay in the processor's cache."""
ROOM = 256 * 1024
"""Bytes that the samples of batches side by side may take."""
MOST = 128
"""Batches side by side; more of them save nothing."""
IN_A_ROW = 32
"""Batches of a large network that are judged together."""

MakePlan = Callable[[Array | None, Array, Plan | None], Plan]
"""A plan over given rows, or rows of its own, and targets; beside another one, if there is one."""
Change = Callable[[Array], None]
"""Changes rows (batch, features) each time they are seen."""


class Feed:
    """Batches of one size, in plans.

    Gathering a batch and judging it take as long as a step of a tiny network itself, for one batch or for many. So a
    small network has several batches side by side, gathered together, each with a plan of its own over common arrays;
    a large one has one plan, filled again and again, as have all if `singly`.
    """

    def __init__(
        self,
        batch: int,
        rows: Array,
        targets: Array,
        weights: Array | None,
        change: Change | None,
        make_plan: MakePlan,
        singly: bool = False,
    ) -> None:
        self.batch = batch
        self._sources = (rows, targets)
        self._weights = weights
        self._change = change
        self._targets = np.zeros_like(targets[:batch])
        first = make_plan(None, self._targets, None)
        self._rows = first.rows_with_ones
        plans = min(MOST, ROOM // (self._rows.nbytes + self._targets.nbytes)) if first.nbytes <= SMALL else 1
        self._side_by_side = plans > 1 and change is None and not singly
        self.together = plans if self._side_by_side else IN_A_ROW
        """How many batches are looked at together."""
        self._answers = np.repeat(self._targets, self.together, axis=0)
        self._judged = np.empty((self.together, *first.judged.shape), first.judged.dtype)
        """Targets of those batches, and what is judged of each."""
        self._plans = self._several(first, make_plan) if self._side_by_side else [first]
        self._last: tuple[NDArray[np.intp], int] = np.empty(0, np.intp), 0

    def _several(self, first: Plan, make_plan: MakePlan) -> list[Plan]:
        self._rows = np.repeat(self._rows, self.together, axis=0)
        # Here samples are last, as in all arrays that they meet in a step.
        self._targets = np.zeros((self.together, self._targets.shape[1], self.batch), self._targets.dtype)
        rows = self._rows.reshape(self.together, self.batch, -1)
        return [make_plan(own, targets.T, first) for own, targets in zip(rows, self._targets, strict=True)]

    def instruct(self, moves: tuple[Pass, ...], step_size: float) -> None:
        """What to do after the passes of each batch, and what its gradient is multiplied by."""
        for plan, judged in zip(self._plans, self._judged, strict=False):
            keep = partial(judged.__setitem__, ..., plan.judged)
            plan.step = (*plan.passes, *moves, keep) if self._side_by_side else (*plan.passes, *moves)
            if plan.step_size != step_size:
                plan.step_size = step_size

    def batches(self, chosen: NDArray[np.intp], place: int) -> Iterable[Plan]:
        """Plans that hold the samples `chosen`, batch by batch; `place` is that of the first in `together`."""
        self._last = chosen, place
        return self._gathered(chosen, place) if self._side_by_side else self._one_by_one(chosen, place)

    def _gathered(self, chosen: NDArray[np.intp], place: int) -> list[Plan]:
        (rows, targets), start = self._sources, place * self.batch
        end = start + len(chosen)
        _gather(rows, chosen, self._rows[start:end])
        answers = targets.take(chosen, axis=0, out=self._answers[start:end], mode="clip")
        here = slice(place, end // self.batch)
        np.copyto(self._targets[here].swapaxes(1, 2), answers.reshape(-1, self.batch, targets.shape[1]))
        plans = self._plans[here]
        if self._weights is not None:
            for plan, part in zip(plans, chosen.reshape(-1, self.batch), strict=True):
                plan.weights = self._weights.take(part)
        return plans

    def _one_by_one(self, chosen: NDArray[np.intp], place: int) -> Iterator[Plan]:
        (plan,), (rows, targets) = self._plans, self._sources
        answers = self._answers.reshape(self.together, *self._targets.shape)
        for i, part in enumerate(chosen.reshape(-1, self.batch), place):
            _gather(rows, part, plan.rows_with_ones)
            targets.take(part, axis=0, out=plan.targets, mode="clip")
            if self._change is not None:
                self._change(plan.rows)
            if self._weights is not None:
                plan.weights = self._weights.take(part)
            yield plan
            answers[i], self._judged[i] = plan.targets, plan.judged

    def losses(self) -> Array:
        """The mean loss of each of the last `batches`, which are all done."""
        chosen, place = self._last
        start, count = place * self.batch, len(chosen) // self.batch
        judged = np.ascontiguousarray(self._judged[place : place + count].swapaxes(0, 1)).reshape(-1, len(chosen))
        each = self._plans[0].losses_of(judged, self._answers[start : start + len(chosen)].T)
        if self._weights is not None:
            each *= self._weights.take(chosen)
        means: Array = np.add.reduce(each.reshape(count, self.batch), axis=1)
        means /= self.batch
        return means


def _gather(rows: Array, chosen: NDArray[np.intp], out: Array) -> None:
    """Copy the rows `chosen` to `out`, whose ones stay where `rows` has none."""
    if rows.shape[1] == out.shape[1]:
        rows.take(chosen, axis=0, out=out, mode="clip")
    else:
        out[:, :-1] = rows.take(chosen, axis=0, mode="clip")
