"""Loss functions, one a file. `y` and `t` are (outputs, batch); a loss is the mean over the batch."""

from __future__ import annotations

from dataclasses import dataclass

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

    def value(self, y: Array, t: Array) -> float:
        """Mean loss of outputs `y` against targets `t`."""
        raise NotImplementedError

    def gradient(self, y: Array, t: Array, out: Array) -> None:
        """Write dL/dy to `out`."""
        raise NotImplementedError

    def fuses(self, activation: Activation) -> bool:
        """True if `fused_value` and `fused_gradient` take the sums before `activation`, in one stable formula."""
        return False

    def fused_value(self, head: Head) -> float:
        """Mean loss from the sums `head.u`; `head.y` is already computed."""
        raise NotImplementedError

    def fused_gradient(self, head: Head) -> None:
        """Write dL/du to `head.d`."""
        raise NotImplementedError


losses: Registry[Loss] = Registry(Text("Loss", "損失関数"), __name__)
