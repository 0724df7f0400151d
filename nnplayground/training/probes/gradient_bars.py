from __future__ import annotations

from dataclasses import dataclass

from nnplayground.text import Text
from nnplayground.training.inspection.gradient_bars import GradientBars, gradient_bars
from nnplayground.training.probes import Probe, probes
from nnplayground.training.trainer import Trainer


@probes.register
@dataclass(frozen=True)
class GradientBarsProbe(Probe):
    """The gradient over the first `samples` training samples, found in two ways, of at most `most` parameters."""

    id = "gradient-bars"
    label = Text("Gradient bars", "勾配の棒グラフ")

    samples: int = 2
    epsilon: float = 1e-3
    most: int = 100

    def compute(self, trainer: Trainer) -> GradientBars:
        rows, targets = trainer.data.x_train[: self.samples], trainer.targets[: self.samples]
        return gradient_bars(trainer.network, trainer.parameters, rows, targets, self.epsilon, self.most)
