"""What the sets of points on the plane share: their options, the range that is drawn, and the split."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.datasets import Dataset
from nnplayground.data.task import Data, Task, split
from nnplayground.registry import option
from nnplayground.text import Text

Points = NDArray[np.float64]


@dataclass(frozen=True)
class PointsOnPlane(Dataset):
    """Points (x₁, x₂), drawn as TensorFlow Playground draws them; `noise` is its slider's value as a share, 0 to 0.5."""

    input_shape = (2,)
    task = Task(("−1", "+1"))

    samples: int = option(500, Text("Samples", "データ数"), low=4, high=100_000)
    noise: float = option(0.0, Text("Noise", "ノイズ"), low=0.0, high=0.5)
    test_share: float = option(0.5, Text("Share for testing", "テストデータの割合"), low=0.05, high=0.95)
    seed: int = option(1, Text("Data seed", "データの乱数シード"), low=0, high=2**31 - 1)

    def draw(self, rng: np.random.Generator) -> tuple[Points, NDArray[Any]]:
        """The points (samples, 2) and their labels or values."""
        raise NotImplementedError

    def load(self) -> Data:
        rng = np.random.default_rng(self.seed)
        points, labels = self.draw(rng)
        return split(self.input_shape, self.task, points, labels, self.test_share, rng)

    @property
    def halves(self) -> tuple[int, int]:
        """How many points of the class +1 and of the class −1 there are, where both have their share."""
        return self.samples - self.samples // 2, self.samples // 2

    def jitter(self, rng: np.random.Generator, radius: float) -> Points:
        """By how much each point is moved before its label is found, (samples, 2)."""
        return rng.uniform(-radius, radius, (self.samples, 2)) * self.noise


def on_circle(radius: Points, angle: Points) -> Points:
    """Points (n, 2) at `radius` and `angle`, which is 0 upwards and grows to the right."""
    points: Points = radius[:, None] * np.stack([np.sin(angle), np.cos(angle)], axis=1)
    return points
