from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.text import Text
from nnplayground.training.inspection.loss_function import LossFunction
from nnplayground.training.inspection.loss_slice import loss_along, parameter_direction
from nnplayground.training.inspection.secants import Secant, secant
from nnplayground.training.probes import Probe, probes
from nnplayground.training.probes._passes import read_only
from nnplayground.training.trainer import Trainer


@dataclass(frozen=True, eq=False)
class Valley:
    """The loss (n,) over the values `w` (n,) of one parameter, the others as they are, and the secant of step h there."""

    w: NDArray[np.float64]
    losses: NDArray[np.float64]
    secant: Secant


@probes.register
@dataclass(frozen=True)
class LossOfParameter(Probe):
    """A `Valley` along parameter `index` of the flat vector, `span` to both sides, over the first `samples` training samples.

    None if there is no such parameter.
    """

    id = "loss-of-parameter"
    label = Text("Loss along a parameter", "パラメータに沿った損失")

    index: int = 0
    span: float = 3.0
    h: float = 0.5
    points: int = 81
    samples: int = 200

    def compute(self, trainer: Trainer) -> Valley | None:
        network = trainer.network
        if not 0 <= self.index < network.trainable:
            return None
        rows, targets = trainer.data.x_train[: self.samples], trainer.targets[: self.samples]
        function = LossFunction(network, trainer.parameters, rows, targets)
        offsets = np.linspace(-self.span, self.span, self.points)
        losses = loss_along(function, parameter_direction(network, self.index), offsets)
        line = secant(network, trainer.parameters, rows, targets, self.index, self.h)
        return Valley(read_only(line.w + offsets), read_only(losses), line)
