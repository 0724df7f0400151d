from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.text import Text
from nnplayground.training.probes import Probe, probes
from nnplayground.training.probes._answers import answers
from nnplayground.training.probes._passes import read_only
from nnplayground.training.trainer import Trainer

Index = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Confusion:
    """Right and given answers (n,) of the first samples of a side, and how often each pair came: counts (K, K).

    Row: the right class; column: the answer.
    """

    classes: tuple[str, ...]
    labels: Index
    predicted: Index
    counts: NDArray[np.int64]

    def samples(self, label: int, predicted: int) -> Index:
        """Indices of the samples in one cell."""
        return np.flatnonzero((self.labels == label) & (self.predicted == predicted))

    @property
    def accuracy(self) -> float:
        return float(np.mean(self.labels == self.predicted)) if len(self.labels) else 0.0

    @property
    def recall(self) -> NDArray[np.float64]:
        """For each class, the share of its samples that were answered rightly (K,); NaN for a class without samples."""
        totals = self.counts.sum(axis=1)
        shares: NDArray[np.float64] = np.full(len(self.classes), np.nan)
        np.divide(self.counts.diagonal(), totals, out=shares, where=totals > 0)
        return shares


@probes.register
@dataclass(frozen=True)
class ConfusionMatrix(Probe):
    """A `Confusion` over the first `limit` samples of the "train" or "test" side; None for a regression."""

    id = "confusion"
    label = Text("Confusion matrix", "混同行列")

    side: str = "test"
    limit: int = 2000

    def compute(self, trainer: Trainer) -> Confusion | None:
        task = trainer.data.task
        if not task.is_classification:
            return None
        found = answers(trainer, self.side, self.limit)
        labels, predicted, classes = found.labels.astype(np.intp), found.predicted, len(task.classes)
        counts = np.bincount(labels * classes + predicted, minlength=classes**2).reshape(classes, classes)
        return Confusion(task.classes, read_only(labels), read_only(predicted), read_only(counts.astype(np.int64)))
