"""Mini-batches for a network: samples gathered into the arrays of plans, and the losses of several batches at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.arrays import Array
from nnplayground.engine.plan import Plan

ROOM = 256 * 1024
"""Bytes that the plans of a small network may take together: they should stay in the processor's cache."""
MOST = 32
"""Batches that are looked at together; more of them save nothing."""

MakePlan = Callable[[int, Array, Array], Plan]
"""A plan for `batch` samples over given rows and targets."""
Change = Callable[[Array], None]
"""Changes rows (batch, features) each time they are seen."""


class Feed:
    """Batches of one size, in plans.

    Gathering a batch and judging it take as long as a step of a tiny network itself, for one batch or for many. So a
    small network has several plans side by side, filled together; a large one has one plan, filled again and again.
    """

    def __init__(
        self, batch: int, rows: Array, targets: Array, weights: Array | None, change: Change | None, make_plan: MakePlan
    ) -> None:
        self.batch = batch
        self._sources = (rows, targets)
        self._weights = weights
        self._change = change
        self._make_plan = make_plan
        self._rows, self._targets = np.ones((batch, rows.shape[1]), rows.dtype), np.zeros_like(targets[:batch])
        first = self._made(0)
        plans = 1 if change else max(1, min(MOST, ROOM // first.nbytes))
        self.together = plans if plans > 1 else MOST
        """How many batches are looked at together."""
        self._plans = [first] if plans == 1 else self._several(plans)
        self._chosen: NDArray[np.intp] = np.empty(0, np.intp)
        self._judged: list[Array] = []
        self._answers: list[Array] = []
        """Of the last `batches`: the samples, what is judged of each batch, and the targets in one array or several."""

    def _several(self, plans: int) -> list[Plan]:
        self._rows = np.repeat(self._rows, plans, axis=0)
        self._targets = np.repeat(self._targets, plans, axis=0)
        return [self._made(place) for place in range(plans)]

    def _made(self, place: int) -> Plan:
        part = slice(place * self.batch, (place + 1) * self.batch)
        return self._make_plan(self.batch, self._rows[part], self._targets[part])

    def set_step_size(self, size: float) -> None:
        """What the gradients of all batches from now on are multiplied by."""
        if self._plans[-1].step_size != size:
            for plan in self._plans:
                plan.step_size = size

    def batches(self, chosen: NDArray[np.intp], place: int) -> Iterator[Plan]:
        """Plans that hold the samples `chosen`, batch by batch; `place` is that of the first in `together`."""
        self._chosen, self._judged, self._answers = chosen, [], []
        return self._side_by_side(chosen, place) if len(self._plans) > 1 else self._one_by_one(chosen)

    def _side_by_side(self, chosen: NDArray[np.intp], place: int) -> Iterator[Plan]:
        start = place * self.batch
        rows, targets = (array[start : start + len(chosen)] for array in (self._rows, self._targets))
        self._sources[0].take(chosen, axis=0, out=rows, mode="clip")
        self._sources[1].take(chosen, axis=0, out=targets, mode="clip")
        plans = self._plans[place : place + len(chosen) // self.batch]
        if self._weights is not None:
            for i, plan in enumerate(plans):
                plan.weights = self._weights.take(chosen[i * self.batch : (i + 1) * self.batch])
        self._judged, self._answers = [plan.judged for plan in plans], [targets]
        return iter(plans)

    def _one_by_one(self, chosen: NDArray[np.intp]) -> Iterator[Plan]:
        (plan,), (rows, targets) = self._plans, self._sources
        for start in range(0, len(chosen), self.batch):
            part = chosen[start : start + self.batch]
            rows.take(part, axis=0, out=plan.rows_with_ones, mode="clip")
            targets.take(part, axis=0, out=plan.targets, mode="clip")
            if self._change is not None:
                self._change(plan.rows)
            if self._weights is not None:
                plan.weights = self._weights.take(part)
            yield plan
            self._judged.append(plan.judged.copy())
            self._answers.append(plan.targets.copy())

    def losses(self) -> Array:
        """The mean loss of each of the last `batches`, which are all done."""
        each = self._plans[0].losses_of(np.concatenate(self._judged, axis=1), np.concatenate(self._answers).T)
        if self._weights is not None:
            each *= self._weights.take(self._chosen)
        means: Array = np.add.reduce(each.reshape(len(self._judged), self.batch), axis=1)
        means /= self.batch
        return means
