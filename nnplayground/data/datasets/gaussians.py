from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.datasets import datasets
from nnplayground.data.datasets._plane import Points, PointsOnPlane
from nnplayground.text import Text


@datasets.register
@dataclass(frozen=True)
class Gaussians(PointsOnPlane):
    """Two round clouds at (2, 2), class +1, and (−2, −2), class −1; their variance is 0.5 + 7 · noise."""

    id = "gaussians"
    label = Text("Two clouds", "2 つのかたまり")
    help = Text(
        "Two clouds of points that a straight line parts: even a single unit can do it.",
        "直線 1 本で分けられる 2 つの点の集まりです。ユニット 1 個でも学習できます。",
    )
    order = 25

    def draw(self, rng: np.random.Generator) -> tuple[Points, NDArray[np.int64]]:
        labels = np.repeat([1, 0], self.halves)
        centres = np.where(labels == 1, 2.0, -2.0)[:, None]
        return centres + rng.normal(0, math.sqrt(0.5 + 7 * self.noise), (self.samples, 2)), labels
