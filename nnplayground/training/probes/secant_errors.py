from __future__ import annotations

from dataclasses import dataclass

from nnplayground.text import Text
from nnplayground.training.inspection.secants import SecantErrors, secant_errors
from nnplayground.training.probes import Probe, probes
from nnplayground.training.trainer import Trainer


@probes.register
@dataclass(frozen=True)
class SecantErrorsProbe(Probe):
    """How far numerical differentiation of parameter `index` is off, for steps from 1 to 1e-15.

    Over the first `samples` training samples; None if there is no such parameter.
    """

    id = "secant-errors"
    label = Text("Error of numerical differentiation", "数値微分の誤差")

    index: int = 0
    samples: int = 200
    points: int = 46

    def compute(self, trainer: Trainer) -> SecantErrors | None:
        if not 0 <= self.index < trainer.network.trainable:
            return None
        rows, targets = trainer.data.x_train[: self.samples], trainer.targets[: self.samples]
        return secant_errors(trainer.network, trainer.parameters, rows, targets, self.index, self.points)
