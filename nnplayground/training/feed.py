"""Mini-batches for a network: samples gathered into the arrays of plans."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.arrays import Array
from nnplayground.engine.plan import Plan

ROOM = 256 * 1024
"""Bytes that the plans of a small network may take together: they should stay in the processor's cache."""
MOST = 32
"""Plans side by side; more of them save nothing."""

MakePlan = Callable[[int, Array, Array], Plan]
"""A plan for `batch` samples over given rows and targets."""


class Feed:
    """Plans for batches of one size. Several in a row are gathered at once if the network is small.

    Gathering and looking at losses take as long as a step of a tiny network itself, for one batch or for many.
    """

    def __init__(
        self, batch: int, rows: Array, targets: Array, weights: Array | None, make_plan: MakePlan, most: int = MOST
    ) -> None:
        self.batch = batch
        self._sources = (rows, targets)
        self._weights = weights
        self._make_plan = make_plan
        first = self._made(np.ones((batch, rows.shape[1]), rows.dtype), np.zeros((batch, targets.shape[1]), rows.dtype))
        self.plans = max(1, min(most, ROOM // first.nbytes))
        """How many batches in a row there is room for."""
        count = self.plans * batch
        self._rows = np.ones((count, rows.shape[1]), rows.dtype)
        self._targets = np.zeros((count, targets.shape[1]), rows.dtype)
        self._made_plans: list[Plan | None] = [None] * self.plans

    def _made(self, rows: Array, targets: Array) -> Plan:
        return self._make_plan(self.batch, rows, targets)

    def losses(self, plans: list[Plan], place: int) -> Array:
        """The mean losses of the last forward of `plans`, the first of them being plan `place`: all in one go."""
        first, start = plans[0], place * self.batch
        judged = first.judged if len(plans) == 1 else np.concatenate([p.judged for p in plans], axis=1)
        each = first.losses_of(judged, self._targets[start : start + judged.shape[1]].T)
        if first.weights is not None:
            each *= np.concatenate([p.weights for p in plans if p.weights is not None])
        means: Array = np.add.reduce(each.reshape(len(plans), self.batch), axis=1)
        means /= self.batch
        return means

    def fill(self, chosen: NDArray[np.intp], place: int) -> list[Plan]:
        """Plans that hold the samples `chosen` (whole batches), the first of them being plan `place`."""
        start, stop = place * self.batch, place * self.batch + len(chosen)
        for source, target in zip(self._sources, (self._rows, self._targets), strict=True):
            source.take(chosen, axis=0, out=target[start:stop], mode="clip")
        plans = [self._plan(place + i) for i in range(len(chosen) // self.batch)]
        if self._weights is not None:
            for i, plan in enumerate(plans):
                plan.weights = self._weights.take(chosen[i * self.batch : (i + 1) * self.batch])
        return plans

    def _plan(self, place: int) -> Plan:
        plan = self._made_plans[place]
        if plan is None:
            part = slice(place * self.batch, (place + 1) * self.batch)
            plan = self._made_plans[place] = self._made(self._rows[part], self._targets[part])
        return plan
