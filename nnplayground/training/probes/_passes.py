"""What many probes begin with: a pass over some samples, and nothing of the run changed by it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.arrays import Array
from nnplayground.engine.network import Network
from nnplayground.engine.plan import Plan
from nnplayground.training.inspection.parts import multiplications
from nnplayground.training.trainer import Trainer

BUDGET = 5e8
"""Multiplications of one look: some hundredths of a second."""
FEWEST = 100
"""Samples that a look needs to be worth anything."""


@contextmanager
def quiet() -> Iterator[None]:
    """A network far off may overflow; that is what the probes are there to show."""
    with np.errstate(all="ignore"):
        yield


def affordable(network: Network, samples: int, passes: int = 1) -> int:
    """At most `samples`, but no more than one look may cost: training and clicks wait for it."""
    return min(samples, max(FEWEST, int(BUDGET / (passes * max(1, multiplications(network))))))


def forward(network: Network, parameters: Array, rows: Array) -> Plan:
    """A plan after a forward pass in inference mode over `rows` (samples, features)."""
    plan = Plan(network, len(rows), parameters)
    plan.rows[...] = rows
    with quiet():
        plan.forward()
    return plan


def backward(trainer: Trainer, samples: int) -> tuple[Plan, Array]:
    """A plan after both passes over the first training samples, as in training, and the gradient (trainable,).

    At most `samples`, and fewer of a large network. Works on copies, so that running means stay as they are.
    """
    network = trainer.network
    rows = trainer.data.x_train[: affordable(network, samples, passes=3)]
    gradients = np.zeros(network.trainable, trainer.parameters.dtype)
    plan = Plan(network, len(rows), trainer.parameters.copy(), gradients, training=True)
    plan.rows[...] = rows
    plan.targets[...] = trainer.targets[: len(rows)]
    with quiet():
        plan.forward()
        plan.backward()
    return plan, gradients


def read_only(array: NDArray[Any]) -> NDArray[Any]:
    """A copy that nobody can write to."""
    copy = array.copy()
    copy.flags.writeable = False
    return copy
