from __future__ import annotations

from dataclasses import dataclass

from nnplayground.data.task import Data
from nnplayground.text import Text
from nnplayground.training.probes import Probe, probes
from nnplayground.training.trainer import Trainer


@probes.register
@dataclass(frozen=True)
class PresentData(Probe):
    """The data that is learnt from, as it is; nobody writes to it."""

    id = "data"
    label = Text("The data", "データ")

    def compute(self, trainer: Trainer) -> Data:
        return trainer.data
