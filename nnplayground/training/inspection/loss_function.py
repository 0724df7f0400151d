"""The loss as a function of the parameters, for some fixed samples."""

from __future__ import annotations

import numpy as np

from nnplayground.engine.arrays import Array
from nnplayground.engine.network import Network
from nnplayground.engine.plan import Plan

PRECISE = 300_000
"""Networks up to this size are computed in float64: a slope between two near points needs the digits."""


class LossFunction:
    """E(w), the mean loss of `rows` (samples, features) against `targets` (samples, outputs), in inference mode.

    `parameters` (size,) is a copy that may be moved; `loss` reads it.
    """

    def __init__(self, network: Network, parameters: Array, rows: Array, targets: Array) -> None:
        dtype = np.float64 if network.size <= PRECISE else np.float32
        self.network = network
        self.origin: Array = parameters.astype(dtype)
        self.parameters: Array = self.origin.copy()
        self._gradient: Array = np.zeros(network.trainable, dtype)
        self._plan = Plan(network, len(rows), self.parameters, self._gradient)
        self._plan.rows[...], self._plan.targets[...] = rows, targets

    def loss(self) -> float:
        """E at the present `parameters`; may be infinite."""
        with np.errstate(all="ignore"):
            self._plan.forward()
            return self._plan.loss()

    def gradient(self) -> Array:
        """dE/dw at the present `parameters`, (trainable,), by backpropagation."""
        with np.errstate(all="ignore"):
            self._plan.forward()
            self._plan.backward()
        return self._gradient.copy()

    def at(self, index: int, shift: float) -> float:
        """E with parameter `index` moved by `shift` from the origin."""
        before = self.parameters[index]
        self.parameters[index] = self.origin[index] + shift
        value = self.loss()
        self.parameters[index] = before
        return value
