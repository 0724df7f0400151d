"""Which units know what: the answers that are lost when one of them is silent."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.arrays import Array
from nnplayground.engine.network import Network
from nnplayground.engine.plan import Plan
from nnplayground.training.inspection.parts import behind


def lesion_effects(
    network: Network, parameters: Array, rows: Array, labels: NDArray[np.integer], index: int, classes: int
) -> NDArray[np.float64]:
    """How much of each class is answered wrongly that was right, with each unit of layer `index` silent in turn.

    (units, classes): right answers before minus right answers after, as a share of the samples of the class; 0 for a
    class without samples. For networks with one output per class; `rows` (n, features), `labels` (n,).
    """
    plan = Plan(network, len(rows), parameters)
    plan.rows[...] = rows
    with np.errstate(all="ignore"):
        plan.forward()
        given = plan.activations(index)
        rest, kept = behind(network, parameters, index)
        right = plan.outputs.argmax(axis=0) == labels
        return _drops(rest, kept, given, labels, right, classes)


def _drops(
    rest: Network, kept: Array, given: Array, labels: NDArray[np.integer], right: NDArray[np.bool_], classes: int
) -> NDArray[np.float64]:
    units, samples = len(given), given.shape[-1]
    rows = given.reshape(-1, samples).T
    area = rows.shape[1] // units
    counts = np.maximum(np.bincount(labels, minlength=classes), 1)
    before = np.bincount(labels[right], minlength=classes)
    plan = Plan(rest, samples, kept)
    drops = np.empty((units, classes))
    for unit in range(units):
        plan.rows[...] = rows
        plan.rows[:, unit * area : (unit + 1) * area] = 0
        plan.forward()
        after = plan.outputs.argmax(axis=0) == labels
        drops[unit] = (before - np.bincount(labels[after], minlength=classes)) / counts
    return drops
