"""Optimizers, one a file: how a gradient moves the flat vector of parameters."""

from __future__ import annotations

from collections.abc import Sequence

from nnplayground.engine.arrays import Array
from nnplayground.registry import Entry, Registry
from nnplayground.text import Text


class Optimizer(Entry):
    """An update rule. It keeps nothing itself: its `slots` vectors of state are handed in, zero at the start."""

    slots: int = 0

    def update(self, p: Array, g: Array, state: Sequence[Array], work: Array, rate: float, step: int) -> None:
        """Move `p` against `g` (may be overwritten) at learning rate `rate`; `step` counts from 1.

        All arrays have the same shape, that of the trainable parameters or of a part of them; `work` is scratch. What
        happens to one parameter may not depend on the others.
        """
        raise NotImplementedError


optimizers: Registry[Optimizer] = Registry(Text("Optimizer", "最適化手法"), __name__)
