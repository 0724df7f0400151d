from __future__ import annotations

import numpy as np

from nnplayground.data.datasets import datasets
from nnplayground.data.datasets._plane import Points, PointsOnPlane
from nnplayground.data.task import Task
from nnplayground.text import Text

TOPS = np.array([[-4, 2.5], [0, 2.5], [4, 2.5], [-4, -2.5], [0, -2.5], [4, -2.5]])
SIGNS = np.array([1, -1, 1, -1, 1, -1])


@datasets.register
class Hills(PointsOnPlane):
    """Three cones of height 1 and three of depth 1, all of radius 2, on the square from −6 to 6; 0 elsewhere."""

    id = "hills"
    label = Text("Hills and hollows (regression)", "山とくぼ地（回帰）")
    help = Text(
        "Three hills and three hollows whose height is to be learnt at every place.",
        "3 つの山と 3 つのくぼ地があり、場所ごとの高さを学習します。",
    )
    order = 80
    task = Task()

    def draw(self, rng: np.random.Generator) -> tuple[Points, Points]:
        points = rng.uniform(-6, 6, (self.samples, 2))
        moved = points + self.jitter(rng, 6.0)
        distance = np.hypot(*(moved[:, None, :] - TOPS).transpose(2, 0, 1))
        height = np.clip(1 - distance / 2, 0, 1)
        nearest = height.argmax(axis=1)
        return points, SIGNS[nearest] * height.max(axis=1)
