from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.datasets import datasets
from nnplayground.data.datasets._plane import Points, PointsOnPlane, on_circle
from nnplayground.text import Text

RADIUS = 5.0


@datasets.register
class Circle(PointsOnPlane):
    """A disc of radius 2.5 (class +1) inside a ring from 3.5 to 5 (class −1), denser towards the centre."""

    id = "circle"
    label = Text("Circle", "円")
    help = Text(
        "One class lies inside the other, so no straight line can part them.",
        "片方のクラスがもう片方を囲んでいるので、直線 1 本では分けられません。",
    )
    try_it = Text(
        "Remove the hidden layer: no straight line can part the ring from the middle.",
        "中間層を取り除きましょう。直線では輪と中心を分けられません。",
    )
    order = 30

    def draw(self, rng: np.random.Generator) -> tuple[Points, NDArray[np.int64]]:
        inside, outside = self.halves
        radius = np.concatenate([rng.uniform(0, RADIUS * 0.5, inside), rng.uniform(RADIUS * 0.7, RADIUS, outside)])
        points = on_circle(radius, rng.uniform(0, 2 * np.pi, self.samples))
        moved = points + self.jitter(rng, RADIUS)
        return points, (np.hypot(*moved.T) < RADIUS * 0.5).astype(np.int64)
