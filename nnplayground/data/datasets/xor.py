from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.datasets import datasets
from nnplayground.data.datasets._plane import Points, PointsOnPlane
from nnplayground.text import Text

GAP = 0.3


@datasets.register
class Xor(PointsOnPlane):
    """Class +1 where x₁ and x₂ have the same sign; no point is nearer than 0.3 to an axis."""

    id = "xor"
    label = Text("Exclusive or (XOR)", "排他的論理和（XOR）")
    help = Text(
        "Opposite corners belong together: the classic task that a single layer cannot solve.",
        "向かい合う角が同じクラスです。1 層では解けないことで有名な問題です。",
    )
    try_it = Text(
        "Try one hidden unit, then two, then four.",
        "中間層のユニットを 1 個、2 個、4 個で試しましょう。",
    )
    order = 40

    def draw(self, rng: np.random.Generator) -> tuple[Points, NDArray[np.int64]]:
        points = rng.uniform(-5, 5, (self.samples, 2))
        points += np.where(points > 0, GAP, -GAP)
        moved = points + self.jitter(rng, 5.0)
        return points, (moved[:, 0] * moved[:, 1] >= 0).astype(np.int64)
