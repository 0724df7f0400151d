from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.datasets import datasets
from nnplayground.data.datasets._plane import ClassesOnPlane, Points, on_circle
from nnplayground.text import Text


@datasets.register
class Gaussians(ClassesOnPlane):
    """Round clouds whose variance is 0.5 + 7 · noise.

    Two lie at (2, 2), class +1, and (−2, −2), class −1; more of them lie on a circle, 2.8 from one to the next.
    """

    id = "gaussians"
    label = Text("Clouds of points", "点のかたまり")
    help = Text(
        "Clouds of points, one for each class. A straight line parts two of them: even a single unit can do it.",
        "クラスごとの点の集まりです。2 つなら直線 1 本で分けられ、ユニット 1 個でも学習できます。",
    )
    order = 25

    def draw(self, rng: np.random.Generator) -> tuple[Points, NDArray[np.int64]]:
        labels = self.labels
        centres = np.where(labels == 1, 2.0, -2.0)[:, None] if self.classes == 2 else self._around(labels)
        return centres + rng.normal(0, math.sqrt(0.5 + 7 * self.noise), (self.samples, 2)), labels

    def _around(self, labels: NDArray[np.int64]) -> Points:
        radius = 1.4 / math.sin(math.pi / self.classes)
        return on_circle(np.full(len(labels), radius), 2 * np.pi * labels / self.classes)
