"""What a step does to the parameters once the gradient is known: penalties, clipping, the optimizer, frozen ones."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.arrays import Array, InTurn, Pass
from nnplayground.engine.network import Network
from nnplayground.engine.optimizers._stepping import Stepping
from nnplayground.training.experiment import Experiment

BLOCK = 2**17
"""Parameters that are moved at once. Fewer stay in the processor's cache together with gradients, state and scratch; but each
call gives the interpreter away and may wait for the window to give it back. At 2**15, `digits` did 100 steps a second under
a moving pen, and 160 so; alone it was faster by 4 %."""

FLUSH_STEPS = 128
"""Steps between two looks for numbers that are too small, about: it takes longer until they do harm."""

Move = Callable[[float, int], None]
"""Moves the parameters at a learning rate in the step of a number."""


@dataclass(frozen=True)
class Descent:
    """How the parameters move. With `steps`, the gradient comes multiplied by the learning rate already, and they do it."""

    move: Move
    steps: tuple[Pass, ...] = ()

    @property
    def takes_steps(self) -> bool:
        """Whether the gradient has to come multiplied by the learning rate."""
        return bool(self.steps)


def descent(
    experiment: Experiment,
    network: Network,
    parameters: Array,
    gradients: Array,
    state: Sequence[Array],
    held: NDArray[np.intp] | None,
) -> Descent:
    """The move of `parameters` (trainable,) against `gradients`, which it may overwrite; those `held` stay."""
    optimizer, work = experiment.optimizer, np.empty_like(gradients[:BLOCK])
    blocks = [slice(start, start + BLOCK) for start in range(0, len(parameters), BLOCK)]
    parts = [(parameters[b], gradients[b], [s[b] for s in state], work[: len(parameters[b])]) for b in blocks]
    regularizes = bool(experiment.l1 or experiment.l2 or experiment.weight_decay or experiment.clip)
    if isinstance(optimizer, Stepping) and not regularizes and held is None:
        steps = InTurn(*(optimizer.moving(*part) for part in parts))
        return Descent(lambda rate, number: steps(), steps.passes)
    move = _in_turn([partial(optimizer.update, *part) for part in parts])
    if regularizes:
        move = partial(_regularized, experiment, parameters, gradients, network.decay_mask, move)
    return Descent(move if held is None else partial(_holding, held, parameters, gradients, move))


def flush(*arrays: Array) -> None:
    """Set to 0 what is so small that its last digits are lost, below 1e-31 in single precision.

    Such numbers add to nothing any more. But a velocity or a mean of squares to which nothing is added gets smaller
    until it is denormal, and stays so; processors take up to a hundred times as long with each of those.
    """
    for array in arrays:
        limits = np.finfo(array.dtype)
        for start in range(0, len(array), BLOCK):
            block = array[start : start + BLOCK]
            np.putmask(block, np.abs(block) < limits.tiny / limits.eps, 0)


def _in_turn(moves: Sequence[Move]) -> Move:
    def all_of_them(rate: float, step: int) -> None:
        for move in moves:
            move(rate, step)

    return all_of_them


def _regularized(
    experiment: Experiment, parameters: Array, gradients: Array, mask: Array, move: Move, rate: float, step: int
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


def _holding(held: NDArray[np.intp], parameters: Array, gradients: Array, move: Move, rate: float, step: int) -> None:
    kept = parameters[held]
    gradients[held] = 0
    move(rate, step)
    parameters[held] = kept
