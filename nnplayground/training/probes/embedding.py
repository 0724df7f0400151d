from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.arrays import Array
from nnplayground.text import Text
from nnplayground.training.probes import Probe, probes
from nnplayground.training.probes._answers import answers
from nnplayground.training.probes._passes import forward, quiet, read_only
from nnplayground.training.trainer import Trainer

FEATURES = 1024
"""Wider layers (images with channels) are thinned out evenly to this many values, which keeps the axes quick to find."""


@dataclass(frozen=True, eq=False)
class Embedding:
    """Samples as points (n, 2) along the two directions in which a layer's outputs spread most.

    `labels` (n, ...) as in the data, `right` (n,) whether the answer is right (all true for a regression), `rows`
    (n, features) the inputs, `share` (2,) how much of the spread each direction holds.
    """

    points: NDArray[np.float64]
    labels: NDArray[Any]
    right: NDArray[np.bool_]
    rows: Array
    share: NDArray[np.float64]


@probes.register
@dataclass(frozen=True)
class LayerEmbedding(Probe):
    """Principal components of the outputs of layer `index` (-1: of the inputs), over the first `limit` samples of a side.

    None if there is no such layer, or if something is not finite.
    """

    id = "embedding"
    label = Text("Layer in two dimensions", "層の 2 次元表示")

    index: int = 0
    side: str = "test"
    limit: int = 500

    def compute(self, trainer: Trainer) -> Embedding | None:
        if not -1 <= self.index < len(trainer.network.spec.layers):
            return None
        found = answers(trainer, self.side, self.limit)
        plan = forward(trainer.network, trainer.parameters, found.rows)
        values = found.rows if self.index < 0 else plan.activations(self.index).reshape(-1, len(found.rows)).T
        right = np.ones(len(found.rows), bool)
        if trainer.data.task.is_classification:
            right = found.predicted == found.labels
        with quiet():
            components = principal(values[:, :: -(-values.shape[1] // FEATURES)])
        if components is None:
            return None
        points, share = components
        return Embedding(
            read_only(points), read_only(found.labels), read_only(right), read_only(found.rows), read_only(share)
        )


def principal(values: Array) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Coordinates (n, 2) along the first two principal components of `values` (n, features), and their shares (2,).

    The largest weight of each direction is positive, so that the picture does not flip from one look to the next.
    """
    centred = values.astype(np.float64) - values.mean(axis=0, dtype=np.float64)
    if not len(values) or not np.isfinite(centred).all():
        return None
    _, scale, directions = np.linalg.svd(centred, full_matrices=False)
    two = np.zeros((2, values.shape[1]))
    two[: len(directions[:2])] = directions[:2]
    largest = two[np.arange(2), np.abs(two).argmax(axis=1)]
    two *= np.where(largest < 0, -1.0, 1.0)[:, None]
    spread = np.zeros(2)
    spread[: len(scale[:2])] = scale[:2] ** 2
    return centred @ two.T, spread / max(float(np.square(scale).sum()), 1e-300)
