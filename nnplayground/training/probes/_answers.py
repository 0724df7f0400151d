"""What the network says of the samples of one side of the split."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.arrays import Array
from nnplayground.engine.plan import predict
from nnplayground.training.probes._passes import affordable, quiet
from nnplayground.training.trainer import Trainer


@dataclass(frozen=True, eq=False)
class Answers:
    """The first samples of a side: `rows` (n, features), `labels` (n, ...), and `values`: shares of classes or outputs."""

    rows: Array
    labels: NDArray[np.generic]
    values: Array

    @property
    def predicted(self) -> NDArray[np.intp]:
        """The class that got the largest share, (n,)."""
        best: NDArray[np.intp] = self.values.argmax(axis=1)
        return best


def answers(trainer: Trainer, side: str, limit: int) -> Answers:
    """The answers for the first `limit` samples of the "train" or "test" side, and fewer of a large network."""
    data = trainer.data
    limit = affordable(trainer.network, limit)
    rows = (data.x_train if side == "train" else data.x_test)[:limit]
    labels = (data.train_labels if side == "train" else data.test_labels)[:limit]
    with quiet():
        outputs = predict(trainer.network, trainer.parameters, rows, 200)
        if data.task.is_classification:
            outputs = data.task.probabilities(outputs, trainer.network.output_activation)
    return Answers(rows, labels, outputs)
