from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.datasets import datasets
from nnplayground.data.datasets._plane import Points, PointsOnPlane
from nnplayground.text import Text

RADIUS = 3.0


@datasets.register
class Moons(PointsOnPlane):
    """Two half circles of radius 3, one reaching into the other; moved by normal noise of 3 · noise.

    The shape of scikit-learn's make_moons, centred on the origin.
    """

    id = "moons"
    label = Text("Two moons", "2 つの三日月")
    help = Text(
        "Two crescents hooked into each other: the border has to bend, but not much.",
        "かみ合った 2 つの三日月です。境界を少しだけ曲げる必要があります。",
    )
    order = 45

    def draw(self, rng: np.random.Generator) -> tuple[Points, NDArray[np.int64]]:
        labels = np.repeat([1, 0], self.halves)
        angle = rng.uniform(0, np.pi, self.samples)
        upper, lower = (np.cos(angle), np.sin(angle)), (1 - np.cos(angle), 0.5 - np.sin(angle))
        points = np.where(labels == 1, upper, lower).T - (0.5, 0.25)
        return RADIUS * (points + self.noise * rng.standard_normal(points.shape)), labels
