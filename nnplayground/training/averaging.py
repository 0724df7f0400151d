"""Training to the end in one go: a rate that rises and falls, and the mean of the parameters along the way.

The rate warms up linearly and then falls along half a cosine (Loshchilov & Hutter 2017). The exponential mean of the
parameters generalizes a little better than the last of them (Polyak & Juditsky 1992).
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from nnplayground.data.task import Data
from nnplayground.engine.arrays import Array
from nnplayground.training.trainer import Trainer

SLICE = 20
"""Steps between two changes of the rate, and between two looks at the parameters for their mean."""
WARM_UP = 0.05
"""Share of the training in which the rate rises."""
MEMORY = 2000
"""Steps that the mean of the parameters reaches back, about."""


def train_averaged(
    trainer: Trainer, epochs: int, *, renew: Callable[[int], Data] | None = None, tell: Callable[[float], object]
) -> Array:
    """Train for `epochs` epochs, with the experiment's learning rate as the highest; returns the averaged parameters.

    `renew` gives the data of each epoch after the first, with as many samples as before. `tell` hears the share done.
    Raises `Diverged`.
    """
    peak = trainer.experiment.learning_rate
    mean = trainer.parameters.astype(np.float64)
    total = epochs * trainer.steps_per_epoch
    for epoch in range(epochs):
        if renew is not None and epoch:
            trainer.configure(trainer.experiment, renew(epoch))
        for done in range(0, trainer.steps_per_epoch, SLICE):
            count = min(SLICE, trainer.steps_per_epoch - done)
            step = epoch * trainer.steps_per_epoch + done
            trainer.configure(trainer.experiment.replace(learning_rate=peak * _share_of_rate(step / total)))
            trainer.steps(count)
            mean += (trainer.parameters - mean) * (1 - math.exp(-count / min(MEMORY, 1 + step / 5)))
            tell((step + count) / total)
    return mean.astype(np.float32)


def _share_of_rate(share: float) -> float:
    if share < WARM_UP:
        return 0.05 + 0.95 * share / WARM_UP
    return max(0.5 * (1 + math.cos(math.pi * (share - WARM_UP) / (1 - WARM_UP))), 1e-3)
