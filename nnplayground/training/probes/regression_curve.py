from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.data.task import Data
from nnplayground.engine.arrays import Array
from nnplayground.text import Text
from nnplayground.training.probes import Probe, probes
from nnplayground.training.probes._passes import forward, read_only
from nnplayground.training.probes._plane import over_line
from nnplayground.training.trainer import Trainer


@dataclass(frozen=True, eq=False)
class Curve:
    """`y` (outputs, points) over `x` (points,), `hidden` (units, points), and the data."""

    x: Array
    y: Array
    hidden: Array
    data: Data


@probes.register
@dataclass(frozen=True)
class RegressionCurve(Probe):
    """What the network gives over the range of its single input; None if it has more inputs.

    `hidden` are the last hidden layer's units, at most 32, whose weighted sum the curve is; none without one.
    """

    id = "regression-curve"
    label = Text("Curve", "回帰曲線")

    points: int = 300

    def compute(self, trainer: Trainer) -> Curve | None:
        line = over_line(trainer, self.points)
        if line is None:
            return None
        x = line[2][:, 0]
        plan = forward(trainer.network, trainer.parameters, line[2])
        layers = len(trainer.network.spec.layers)
        hidden = plan.activations(layers - 2).reshape(-1, len(x))[:32] if layers > 1 else np.empty((0, len(x)))
        return Curve(read_only(x), read_only(plan.outputs), read_only(hidden), trainer.data)
