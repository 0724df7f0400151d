from __future__ import annotations

import numpy as np

from nnplayground.data.datasets import datasets
from nnplayground.data.datasets._plane import Points, PointsOnPlane
from nnplayground.data.task import Task
from nnplayground.text import Text


@datasets.register
class Plane(PointsOnPlane):
    """The value (x₁ + x₂) / 10 at points of the square from −6 to 6."""

    id = "plane"
    label = Text("Slanted plane (regression)", "傾いた平面（回帰）")
    help = Text(
        "A value that rises evenly to one corner: linear regression is enough.",
        "ひとつの角に向かって一定に増える値です。線形回帰で足ります。",
    )
    order = 70
    task = Task()

    def draw(self, rng: np.random.Generator) -> tuple[Points, Points]:
        points = rng.uniform(-6, 6, (self.samples, 2))
        return points, (points + self.jitter(rng, 6.0)).sum(axis=1) / 10
