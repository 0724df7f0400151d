"""What a step does to the parameters once the gradient is known: penalties, clipping, the optimizer, frozen ones."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.arrays import Array
from nnplayground.engine.network import Network
from nnplayground.engine.optimizers import Rate
from nnplayground.training.experiment import Experiment

Move = Callable[[Rate, int], None]
"""Moves the parameters at a learning rate in the step of a number."""


def descent(
    experiment: Experiment,
    network: Network,
    parameters: Array,
    gradients: Array,
    state: Sequence[Array],
    held: NDArray[np.intp] | None,
) -> Move:
    """The move of `parameters` (trainable,) against `gradients`, which it may overwrite; those `held` stay."""
    move = partial(experiment.optimizer.update, parameters, gradients, state, np.empty_like(gradients))
    if experiment.l1 or experiment.l2 or experiment.weight_decay or experiment.clip:
        move = partial(_regularized, experiment, parameters, gradients, network.decay_mask, move)
    return move if held is None else partial(_holding, held, parameters, gradients, move)


def _regularized(
    experiment: Experiment, parameters: Array, gradients: Array, mask: Array, move: Move, rate: Rate, step: int
) -> None:
    """Add the slopes of l1 |w| + l2 w^2 / 2 to the gradient, clip it, and shrink the weights by their decay."""
    weights = parameters * mask
    if experiment.l1:
        gradients += experiment.l1 * np.sign(weights)
    if experiment.l2:
        gradients += experiment.l2 * weights
    if experiment.clip:
        length = math.sqrt(float(np.dot(gradients, gradients)))
        gradients *= min(1.0, experiment.clip / max(length, 1e-30))
    if experiment.weight_decay:
        parameters -= rate * experiment.weight_decay * weights
    move(rate, step)


def _holding(held: NDArray[np.intp], parameters: Array, gradients: Array, move: Move, rate: Rate, step: int) -> None:
    kept = parameters[held]
    gradients[held] = 0
    move(rate, step)
    parameters[held] = kept
