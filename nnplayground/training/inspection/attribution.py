"""What spoke for an answer: which inputs, and which hidden units."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.arrays import Array
from nnplayground.engine.network import Network
from nnplayground.engine.plan import Plan

STEPS = 64
"""Steps on the way from nothing to the sample."""


@dataclass(frozen=True, eq=False)
class Attribution:
    """Shares of the score in which one class is ahead of another (or of nothing).

    `inputs` (features,) add up to `score` - `empty`, the scores of the sample and of an empty input; `units` (units,) are
    the shares of the last hidden layer `layer`'s units, which add up to the score but for the biases; None without one.
    """

    inputs: NDArray[np.float64]
    units: NDArray[np.float64] | None
    layer: int
    score: float
    empty: float


def attribution(network: Network, parameters: Array, row: Array, chosen: int, other: int | None = None) -> Attribution:
    """Why the network gives output `chosen` rather than `other` (None: at all) for one sample `row` (features,).

    The score is the sum before the softmax or sigmoid where the loss takes it, otherwise the output. Inputs by
    integrated gradients from an empty input: Sundararajan, Taly and Yan 2017.
    """
    plan = _plan(network, parameters, STEPS + 1)
    plan.rows[...] = np.linspace(0, 1, STEPS + 1)[:, None] * row
    direction = np.zeros((len(plan.outputs), STEPS + 1), parameters.dtype)
    direction[chosen] = 1
    if other is not None:
        direction[other] -= 1
    with np.errstate(all="ignore"):
        plan.forward()
        plan.backward_from(direction)
    assert plan.input_gradient is not None
    slopes = plan.input_gradient.reshape(-1, STEPS + 1).astype(np.float64)
    scores = (direction * plan.judged).sum(axis=0, dtype=np.float64)
    units, layer = _hidden(network, parameters, plan, direction[:, -1])
    return Attribution(slopes @ _weights(row @ slopes, scores) * row, units, layer, float(scores[-1]), float(scores[0]))


def _weights(slopes: NDArray[np.float64], scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the gradient at each point of the way counts, (points,): 1 in all.

    ReLU bends the way at unknown places: how far a step's first slope (points,) holds, and the last one from there on,
    is told by how much the score (points,) really rose in it.
    """
    rise = np.diff(scores) * STEPS
    first, last = slopes[:-1], slopes[1:]
    bent = np.abs(first - last) > 1e-9
    share = np.full(STEPS, 0.5)
    np.divide(rise - last, first - last, out=share, where=bent)
    share = np.clip(share, 0, 1) / STEPS
    weights: NDArray[np.float64] = np.append(share, 0) + np.insert(1 / STEPS - share, 0, 0)
    return weights


def _plan(network: Network, parameters: Array, batch: int) -> Plan:
    return Plan(network, batch, parameters, np.zeros(network.trainable, parameters.dtype), to_input=True)


def _hidden(
    network: Network, parameters: Array, plan: Plan, direction: Array
) -> tuple[NDArray[np.float64] | None, int]:
    """The products of the last layer's weights and its inputs, for the whole sample."""
    last = len(network.spec.layers) - 1
    weights = network.views(parameters)[last].get("W")
    if last < 1 or weights is None or network.spec.layers[last].id != "dense":
        return None, -1
    given = plan.activations(last - 1).reshape(weights.shape[1], -1)[:, -1]
    return (direction @ weights * given).astype(np.float64), last - 1


def input_gradient(network: Network, parameters: Array, row: Array, target: Array) -> NDArray[np.float64]:
    """dE/dx of the loss of one sample `row` (features,) against `target` (outputs,): (features,)."""
    plan = _plan(network, parameters, 1)
    plan.rows[0], plan.targets[0] = row, target
    with np.errstate(all="ignore"):
        plan.forward()
        plan.backward()
    assert plan.input_gradient is not None
    return plan.input_gradient.reshape(-1).astype(np.float64)
