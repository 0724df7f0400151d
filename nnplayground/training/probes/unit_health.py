from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.activations import Activation
from nnplayground.engine.arrays import Array
from nnplayground.engine.network import Network
from nnplayground.text import Text
from nnplayground.training.probes import Probe, probes
from nnplayground.training.probes._passes import affordable, forward, quiet, read_only
from nnplayground.training.trainer import Trainer

FLAT = 0.1
"""A slope below this share of the function's steepest counts as flat: sigmoid beyond ±3.7, tanh beyond ±1.8."""
MOSTLY = 0.9
"""A unit that is flat for this share of the samples is saturated."""


@dataclass(frozen=True, eq=False)
class LayerHealth:
    """One layer with an activation that has a slope: `flat` (units,) is the share of samples at which a unit's is flat.

    `zero` (units,) is the share at which it is exactly 0: a unit with 1 there is dead, nothing can teach it.
    """

    index: int
    flat: NDArray[np.float64]
    zero: NDArray[np.float64]

    @property
    def dead(self) -> float:
        """Share of the layer's units that are dead."""
        return float(np.mean(self.zero == 1))

    @property
    def saturated(self) -> float:
        """Share of the layer's units that are nearly always in a flat part, without being dead."""
        return float(np.mean((self.flat >= MOSTLY) & (self.zero < 1)))


@probes.register
@dataclass(frozen=True)
class UnitHealth(Probe):
    """A `LayerHealth` for each hidden layer that bends its sums, over the first `samples` training samples."""

    id = "unit-health"
    label = Text("Dead and saturated units", "停止・飽和したユニット")

    samples: int = 500

    def compute(self, trainer: Trainer) -> tuple[LayerHealth, ...]:
        samples = affordable(trainer.network, self.samples)
        return layer_health(trainer.network, trainer.parameters, trainer.data.x_train[:samples])


def layer_health(network: Network, parameters: Array, rows: Array) -> tuple[LayerHealth, ...]:
    """The health of each hidden layer that bends its sums, over `rows` (samples, features)."""
    plan = forward(network, parameters, rows)
    found = []
    for index, layer in enumerate(network.spec.layers[:-1]):
        steepest = _steepest(layer.activation)
        if layer.activation.id != "identity" and steepest is not None:
            with quiet():
                slopes = layer.activation.curve(plan.pre_activations(index))[1]
            per_unit = np.abs(slopes.reshape(len(slopes), -1))
            flat, zero = (per_unit < FLAT * steepest).mean(axis=1), (per_unit == 0).mean(axis=1)
            found.append(LayerHealth(index, read_only(flat), read_only(zero)))
    return tuple(found)


def _steepest(activation: Activation) -> float | None:
    """The largest slope of the function; None if it has none of its own: step, softmax, maxout."""
    if activation.sums_per_unit != 1 or not activation.elementwise:
        return None
    with quiet():
        slope = float(np.abs(activation.curve(np.linspace(-5, 5, 201))[1]).max())
    return slope if slope > 0 else None
