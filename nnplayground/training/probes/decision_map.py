from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.data.task import Data
from nnplayground.engine.arrays import Array
from nnplayground.engine.plan import predict
from nnplayground.text import Text
from nnplayground.training.probes import Probe, probes
from nnplayground.training.probes._plane import over_plane
from nnplayground.training.trainer import Trainer


@dataclass(frozen=True, eq=False)
class PlaneMap:
    """What the network says over the square `low`..`high` (both coordinates), and the data that lies in it.

    `values` is (n, n, classes), shares of the classes, or (n, n, outputs) of a regression; row 0 is the lowest x2.
    """

    low: float
    high: float
    values: Array
    data: Data


@probes.register
@dataclass(frozen=True)
class DecisionMap(Probe):
    """The answers on a grid of `resolution` by `resolution` points; None unless the data lies on a plane."""

    id = "decision-map"
    label = Text("Decision map", "決定境界")

    resolution: int = 100

    def compute(self, trainer: Trainer) -> PlaneMap | None:
        data, network = trainer.data, trainer.network
        plane = over_plane(trainer, self.resolution)
        if plane is None:
            return None
        low, high, inputs = plane
        with np.errstate(all="ignore"):
            outputs = predict(network, trainer.parameters, inputs, batch=2000)
            shares = data.task.probabilities(outputs, network.output_activation)
        values = shares.reshape(self.resolution, self.resolution, -1)
        values.flags.writeable = False
        return PlaneMap(low, high, values, data)
