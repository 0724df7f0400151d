from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.arrays import Array, Shape
from nnplayground.text import Text
from nnplayground.training.probes import Probe, probes
from nnplayground.training.probes._answers import Answers, answers
from nnplayground.training.probes._passes import read_only
from nnplayground.training.trainer import Trainer


@dataclass(frozen=True, eq=False)
class Mistakes:
    """The samples that were answered worst, the worst first.

    `samples` (n,) are their indices on their side, `rows` (n, features) their inputs of `input_shape`, `labels` (n, ...)
    the right answers, `values` (n, K) the shares of the classes or the outputs, `errors` (n,) how bad they are: -log of
    the share of the right class, or the mean squared error. `count` is the number of wrong answers; of a regression, all.
    """

    samples: NDArray[np.intp]
    rows: Array
    labels: NDArray[Any]
    values: Array
    errors: Array
    count: int
    input_shape: Shape


@probes.register
@dataclass(frozen=True)
class WorstMistakes(Probe):
    """The `most` worst mistakes among the first `limit` samples of the "train" or "test" side."""

    id = "worst-mistakes"
    label = Text("Worst mistakes", "最も悪い誤答")

    side: str = "test"
    most: int = 48
    limit: int = 2000

    def compute(self, trainer: Trainer) -> Mistakes:
        found = answers(trainer, self.side, self.limit)
        if trainer.data.task.is_classification:
            classes = found.labels.astype(np.intp)
            right = found.values[np.arange(len(classes)), classes]
            errors = -np.log(np.maximum(right.astype(np.float64), 1e-30))
            (wrong,) = np.nonzero(found.predicted != classes)
        else:
            errors = _squares(found)
            wrong = np.arange(len(errors))
        worst = wrong[np.argsort(-errors[wrong], kind="stable")][: self.most]
        rows, labels, values, errors = (read_only(a[worst]) for a in (found.rows, found.labels, found.values, errors))
        return Mistakes(read_only(worst), rows, labels, values, errors, len(wrong), trainer.data.input_shape)


def _squares(found: Answers) -> NDArray[np.float64]:
    misses = found.values.astype(np.float64) - found.labels.reshape(len(found.labels), -1).astype(np.float64)
    squares: NDArray[np.float64] = np.square(misses).mean(axis=1)
    return squares
