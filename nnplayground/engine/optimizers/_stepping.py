"""Optimizers to which only the product of learning rate and gradient matters."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from nnplayground.engine.arrays import Array, Pass
from nnplayground.engine.optimizers import Optimizer


class Stepping(Optimizer):
    """An update rule that is written as `move`."""

    def move(self, p: Array, step: Array, state: Sequence[Array], work: Array) -> None:
        """Move `p` where `step` is learning rate times gradient (may be overwritten)."""
        raise NotImplementedError

    def moving(self, p: Array, step: Array, state: Sequence[Array], work: Array) -> Pass:
        """`move` for arrays that stay the same."""
        return partial(self.move, p, step, state, work)

    def update(self, p: Array, g: Array, state: Sequence[Array], work: Array, rate: float, step: int) -> None:
        g *= rate
        self.move(p, g, state, work)
