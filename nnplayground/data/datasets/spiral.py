from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.datasets import datasets
from nnplayground.data.datasets._plane import Points, PointsOnPlane, on_circle
from nnplayground.text import Text


@datasets.register
@dataclass(frozen=True)
class Spiral(PointsOnPlane):
    """Two arms of 1.75 turns that wind into each other, from the centre to radius 5."""

    id = "spiral"
    label = Text("Spiral", "らせん")
    help = Text(
        "Two arms wound into each other: hard, and a good reason for more units or layers.",
        "互いに巻きついた 2 本の腕です。難しく、ユニットや層を増やす意味がよくわかります。",
    )
    order = 50

    def draw(self, rng: np.random.Generator) -> tuple[Points, NDArray[np.int64]]:
        along = np.concatenate([np.arange(n) / n for n in self.halves])
        labels = np.repeat([1, 0], self.halves)
        angle = 1.75 * along * 2 * np.pi + np.where(labels == 1, 0, np.pi)
        return on_circle(5 * along, angle) + self.jitter(rng, 1.0), labels
