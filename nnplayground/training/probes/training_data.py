from __future__ import annotations

from dataclasses import dataclass

from nnplayground.data.task import Data
from nnplayground.text import Text
from nnplayground.training.probes import Probe, probes
from nnplayground.training.trainer import Trainer


@probes.register
@dataclass(frozen=True)
class TrainingData(Probe):
    """The data of the run itself, which nobody writes to."""

    id = "training-data"
    label = Text("Training data", "訓練データ")

    def compute(self, trainer: Trainer) -> Data:
        return trainer.data
