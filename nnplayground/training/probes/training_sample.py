from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from nnplayground.engine.arrays import Array
from nnplayground.text import Text
from nnplayground.training.probes import Probe, probes
from nnplayground.training.probes._passes import read_only
from nnplayground.training.trainer import Trainer


@dataclass(frozen=True, eq=False)
class Sample:
    """One training sample: its inputs `row` (features,), its `label` as the data has it, its `target` (outputs,)."""

    row: Array
    label: Any
    target: Array


@probes.register
@dataclass(frozen=True)
class TrainingSample(Probe):
    """Training sample `index`, counted round if there are fewer."""

    id = "training-sample"
    label = Text("A training sample", "訓練データの 1 件")

    index: int = 0

    def compute(self, trainer: Trainer) -> Sample:
        at = self.index % trainer.samples
        data = trainer.data
        return Sample(read_only(data.x_train[at]), np.asarray(data.train_labels[at]), read_only(trainer.targets[at]))
