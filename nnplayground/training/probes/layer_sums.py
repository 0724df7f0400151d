from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from nnplayground.engine.arrays import Array
from nnplayground.engine.plan import Plan
from nnplayground.text import Text
from nnplayground.training.probes import Probe, probes
from nnplayground.training.trainer import Trainer


@probes.register
@dataclass(frozen=True)
class LayerSums(Probe):
    """The pre-activations of layer `index` for the first `samples` training samples: (units, samples)."""

    id = "layer-sums"
    label = Text("Sums of a layer", "層の入力総和")

    index: int = 0
    samples: int = 200

    def compute(self, trainer: Trainer) -> Any:
        if self.index >= len(trainer.network.spec.layers):
            return None
        rows = trainer.data.x_train[: self.samples]
        plan = Plan(trainer.network, len(rows), trainer.parameters)
        plan.rows[...] = rows
        with np.errstate(all="ignore"):
            plan.forward()
        sums: Array = plan.pre_activations(self.index)
        answer = sums.reshape(-1, len(rows)).copy()
        answer.flags.writeable = False
        return answer
