"""Loss functions, one a file. `y` and `t` are (outputs, batch); a loss is the mean over the batch."""

from __future__ import annotations

import numpy as np

from nnplayground.engine.activations import Activation
from nnplayground.engine.arrays import Array, directly
from nnplayground.registry import Entry, Registry
from nnplayground.text import Text


class Loss(Entry):
    """A loss function and the output activations it goes with."""

    pairs: tuple[str, ...] = ()
    """Ids of the output activations that fit, the usual one first."""

    def each(self, y: Array, t: Array) -> Array:
        """The loss of every sample, (batch,)."""
        raise NotImplementedError

    def slope(self, y: Array, t: Array, out: Array) -> None:
        """Write the slope of every sample's loss by its outputs, divided by `factor`, to `out`."""
        raise NotImplementedError

    def factor(self, outputs: int) -> float:
        """The constant that `slope` leaves out, so that it is multiplied only once with all other constants."""
        return 1.0

    def fuses(self, activation: Activation) -> bool:
        """True if loss and `activation` together have a simpler and safer formula, from the sums before it."""
        return False

    def fused_each(self, u: Array, t: Array) -> Array:
        """The loss of every sample, (batch,), from the sums `u` that the activation takes."""
        raise NotImplementedError

    fused_slope = directly(np.subtract)
    """Write the slope of every sample's loss by those sums, divided by `factor`, to `out`, as `slope` does."""

    def value(self, y: Array, t: Array, weights: Array | None = None) -> float:
        """Mean loss of outputs `y` against targets `t`, each sample's multiplied by its weight if there are any."""
        return mean(self.each(y, t), weights)


def over_outputs(values: Array) -> Array:
    """The sum over the outputs, (batch,)."""
    if values.shape[1] == 1:
        # NumPy adds a single column in another order; a sample's loss has the same bits whatever stands beside it.
        values = np.repeat(values, 2, axis=1)
        return over_outputs(values)[:1]
    total: Array = np.add.reduce(values, axis=0)
    return total


def mean(each: Array, weights: Array | None = None) -> float:
    """Sum of the (weighted) losses of the samples divided by their number, as Keras does."""
    return float(np.add.reduce(each) if weights is None else np.dot(each, weights)) / len(each)


losses: Registry[Loss] = Registry(Text("Loss", "損失関数"), __name__)
