"""Numerical differentiation: the slope of the loss by each parameter from two losses, without any backpropagation."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from nnplayground.engine.arrays import Array
from nnplayground.engine.network import Network
from nnplayground.engine.plan import Plan

EPSILON = 1e-5
"""Half the distance of a central difference: its error falls with the square, rounding errors rise below 1e-6."""


class NumericalGradient:
    """The mean loss of one batch as a function of the parameters, in float64.

    Fill `parameters` and the rows and targets of `plan`. Layers that draw random numbers in training draw the same
    ones for each loss: those that come after the state `draws_from` of a generator.
    """

    def __init__(self, network: Network, batch: int, *, training: bool = True) -> None:
        self.parameters: Array = np.zeros(network.size)
        self.gradients: Array = np.zeros(network.trainable)
        """What backpropagation finds, after `plan.backward()`."""
        self._rng = np.random.default_rng(0)
        self.draws_from = self._rng.bit_generator.state
        self.plan = Plan(network, batch, self.parameters, self.gradients, training=training, rng=self._rng)

    def loss(self) -> float:
        """The mean loss at `parameters`."""
        self._rng.bit_generator.state = self.draws_from
        self.plan.forward()
        return self.plan.loss()

    def slope(self, index: int, epsilon: float = EPSILON) -> float:
        """[E(w + ε) - E(w - ε)] / 2ε for parameter `index` of the flat vector."""
        before = self.parameters[index]
        self.parameters[index] = before + epsilon
        above = self.loss()
        self.parameters[index] = before - epsilon
        below = self.loss()
        self.parameters[index] = before
        return (above - below) / (2 * epsilon)

    def slopes(self, indices: Iterable[int]) -> Array:
        """The slopes by several parameters: two losses for each."""
        return np.array([self.slope(int(index)) for index in indices])
