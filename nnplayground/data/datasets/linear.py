from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.datasets import datasets
from nnplayground.data.datasets._plane import Points, PointsOnPlane
from nnplayground.text import Text


@datasets.register
class Linear(PointsOnPlane):
    """Points of the square from −5 to 5; class +1 where x₂ > x₁ / 2 − 1."""

    id = "linear"
    label = Text("A straight line", "直線で分かれる点")
    help = Text(
        "One straight line parts the classes; a single unit finds it.",
        "直線 1 本で分けられます。ユニット 1 個で学習できます。",
    )
    order = 22

    def draw(self, rng: np.random.Generator) -> tuple[Points, NDArray[np.int64]]:
        points = rng.uniform(-5, 5, (self.samples, 2))
        moved = points + self.jitter(rng, 5.0)
        return points, (moved[:, 1] > moved[:, 0] / 2 - 1).astype(np.int64)
