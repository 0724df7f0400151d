from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.datasets import datasets
from nnplayground.data.datasets._plane import Points, PointsOnPlane
from nnplayground.registry import option
from nnplayground.text import Text

HALF = 5.0


@datasets.register
@dataclass(frozen=True)
class Checkerboard(PointsOnPlane):
    """The square from −5 to 5, cut into `fields` by `fields` squares of alternating class."""

    id = "checkerboard"
    label = Text("Checkerboard", "市松模様")
    help = Text(
        "Squares of alternating class: the more of them, the more units are needed.",
        "2 つのクラスが交互に並びます。ますが増えるほど、多くのユニットが必要です。",
    )
    order = 48

    fields: int = option(4, Text("Squares per side", "1 辺のますの数"), low=2, high=10, order=-1)

    def draw(self, rng: np.random.Generator) -> tuple[Points, NDArray[np.int64]]:
        points = rng.uniform(-HALF, HALF, (self.samples, 2))
        place = np.floor((points + self.jitter(rng, HALF) + HALF) / (2 * HALF) * self.fields)
        return points, (place.sum(axis=1) % 2).astype(np.int64)
