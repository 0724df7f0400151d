from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.text import Text
from nnplayground.training.inspection.sample_way import SampleWay, sample_way
from nnplayground.training.probes import Probe, probes
from nnplayground.training.trainer import Trainer

PRECISE = 20_000
"""Networks up to this size are computed in float64, as on paper."""


@probes.register
@dataclass(frozen=True)
class SampleWayProbe(Probe):
    """The way of training sample `index` (counted round if there are fewer), or of a sample from outside.

    That one is given by the bytes of its inputs `row` and its `target`, float32; None if they do not fit the network.
    """

    id = "sample-way"
    label = Text("One sample's way", "1 件のデータの道のり")

    index: int = 0
    row: bytes = b""
    target: bytes = b""

    def compute(self, trainer: Trainer) -> SampleWay | None:
        network, parameters = trainer.network, trainer.parameters
        if self.row:
            row, target = np.frombuffer(self.row, np.float32), np.frombuffer(self.target, np.float32)
        else:
            at = self.index % trainer.samples
            row, target = trainer.data.x_train[at], trainer.targets[at]
        fits = row.size == int(np.prod(network.spec.input_shape)) and target.size == int(np.prod(network.output_shape))
        if not fits:
            return None
        if network.size <= PRECISE:
            parameters = parameters.astype(np.float64)
        return sample_way(network, parameters, row, target)
