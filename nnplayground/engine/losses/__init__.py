"""Loss functions, one a file. `y` and `t` are (outputs, batch); a loss is the mean over the batch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.engine.activations import Activation
from nnplayground.engine.arrays import Array
from nnplayground.registry import Entry, Registry
from nnplayground.text import Text


@dataclass(frozen=True)
class Head:
    """The arrays of a plan's last layer: sums `u`, outputs `y`, targets `t`, gradient `d`; all (outputs, batch)."""

    u: Array
    y: Array
    t: Array
    d: Array | None
    temperature: float = 1.0
    """Of the output activation: what it divides the sums by."""


class Loss(Entry):
    """A loss function and the output activations it goes with."""

    pairs: tuple[str, ...] = ()
    """Ids of the output activations that fit, the usual one first."""

    def each(self, y: Array, t: Array) -> Array:
        """The loss of every sample, (batch,)."""
        raise NotImplementedError

    def gradient(self, y: Array, t: Array, out: Array) -> None:
        """Write the gradient of the mean loss, dE/dy, to `out`."""
        raise NotImplementedError

    def fuses(self, activation: Activation) -> bool:
        """True if `fused_each` and `fused_gradient` take the sums before `activation`, in one stable formula."""
        return False

    def fused_each(self, head: Head) -> Array:
        """The loss of every sample from the sums `head.u`; `head.y` is already computed."""
        raise NotImplementedError

    def fused_gradient(self, head: Head) -> None:
        """Write dE/du to `head.d`."""
        raise NotImplementedError

    def value(self, y: Array, t: Array, weights: Array | None = None) -> float:
        """Mean loss of outputs `y` against targets `t`, each sample's multiplied by its weight if there are any."""
        return mean(self.each(y, t), weights)


def over_outputs(values: Array) -> Array:
    """The sum over the outputs, (batch,)."""
    total: Array = np.add.reduce(values, axis=0)
    return total


def mean(each: Array, weights: Array | None = None) -> float:
    """Sum of the (weighted) losses of the samples divided by their number, as Keras does."""
    return float(np.add.reduce(each) if weights is None else np.dot(each, weights)) / len(each)


losses: Registry[Loss] = Registry(Text("Loss", "損失関数"), __name__)
