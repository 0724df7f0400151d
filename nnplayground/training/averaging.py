"""Training to the end in one go, and the mean of the parameters along the way.

The exponential mean generalizes a little better than the last of the parameters (Polyak & Juditsky 1992).
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from nnplayground.data.task import Data
from nnplayground.engine.arrays import Array
from nnplayground.training.trainer import Trainer

SLICE = 20
"""Steps between two looks at the parameters."""
MEMORY = 2000
"""Steps that the mean reaches back, about; fewer at first."""


def train_averaged(
    trainer: Trainer, epochs: int, *, renew: Callable[[int], Data] | None = None, tell: Callable[[float], object]
) -> Array:
    """Train for `epochs` epochs and return the averaged parameters; raises `Diverged`.

    `renew` gives the data of each epoch after the first, with as many samples as before. `tell` hears the share done.
    """
    mean = trainer.parameters.astype(np.float64)
    total = epochs * trainer.steps_per_epoch
    for epoch in range(epochs):
        if renew is not None and epoch:
            trainer.configure(trainer.experiment, renew(epoch))
        for done in range(0, trainer.steps_per_epoch, SLICE):
            count = min(SLICE, trainer.steps_per_epoch - done)
            trainer.steps(count)
            step = epoch * trainer.steps_per_epoch + done + count
            mean += (trainer.parameters - mean) * (1 - math.exp(-count / min(MEMORY, 1 + step / 5)))
            tell(step / total)
    return mean.astype(np.float32)
