"""What a trainer leaves behind: a state to come back to, or the news that numbers exploded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.arrays import Array
from nnplayground.text import Text


class Diverged(Exception):
    """A loss or parameter is no longer finite, first in `layer` (counted from 0) at `step`.

    The trainer is back at step `back`, one to two checkpoints earlier or where settings last changed; `losses` are
    those of the last call that are still valid.
    """

    def __init__(self, step: int, layer: int, back: int) -> None:
        super().__init__(f"non-finite number at step {step} in layer {layer + 1}")
        self.step = step
        self.layer = layer
        self.back = back
        self.losses: NDArray[np.float64] = np.empty(0)

    @property
    def text(self) -> Text:
        return Text(
            "The numbers became infinite at step {step}, first in layer {layer}. The network is back at step {back}; "
            "lower the learning rate and go on.",
            "ステップ {step} で、まず第 {layer} 層の値が無限大になりました。ステップ {back} に戻してあります。"
            "学習率を下げて続けてください。",
        ).format(step=self.step, layer=self.layer + 1, back=self.back)


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """The whole state of a trainer between two steps."""

    step: int
    epoch: int
    position: int
    parameters: Array
    state: tuple[Array, ...]
    order: NDArray[np.intp]
    rng: Mapping[str, Any]
    order_rng: Mapping[str, Any]
    optimizer_start: int = 0
    """The step at which the optimizer began, with nothing in its state."""
