"""How well a network does on samples: loss, and accuracy where there are classes."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from nnplayground.data.task import Task
from nnplayground.engine.arrays import Array
from nnplayground.engine.losses import mean
from nnplayground.engine.metrics import accuracy
from nnplayground.engine.network import Network
from nnplayground.engine.plan import judge


def measured(
    network: Network, parameters: Array, task: Task, rows: Array, targets: Array, labels: NDArray[Any]
) -> tuple[float, float | None]:
    """Mean loss for `targets` (samples, outputs), and share of right answers if `labels` are class numbers, else None."""
    outputs, each = judge(network, parameters, rows, targets)
    if not task.is_classification:
        return mean(each), None
    shares = task.probabilities(outputs, network.output_activation)
    return mean(each), accuracy(shares, labels)
