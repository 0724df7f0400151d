"""What the sets of points on the plane share: their input features, their options, the range that is drawn, the split."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.datasets import Dataset
from nnplayground.data.features import FEATURES, PLAIN, of_points
from nnplayground.data.task import Data, Task, split, with_ones
from nnplayground.engine.arrays import Array
from nnplayground.registry import option
from nnplayground.text import Text

Points = NDArray[np.float64]
TWO = Task(("−1", "+1"))


@dataclass(frozen=True)
class OnPlane(Dataset):
    """Samples that are points (x₁, x₂); the network is fed the chosen `features` of them."""

    input_shape = (2,)
    lies_on_plane = True

    features: tuple[str, ...] = option(
        PLAIN, Text("Input features", "入力特徴量"), choices=tuple(FEATURES), order=9,
        names=tuple(Text.same(feature.name) for feature in FEATURES.values()),
        help=Text(
            "What the network is given of each point. A square or a product can make an easy task of a hard one.",
            "各点についてネットワークに与える値です。2 乗や積を加えると、難しい問題が簡単になることがあります。",
        ),
    )  # fmt: skip

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "input_shape", (len(self.features),))

    @property
    def inputs(self) -> tuple[str, ...]:
        return self.features

    def on_plane(self, points: Array) -> Array:
        return np.asarray(of_points(points, self.features), points.dtype)

    def fed(self, data: Data) -> Data:
        """`data`, whose inputs are points, with the chosen features as its inputs; it still knows the points."""
        rows = data.train_rows, data.test_rows
        if self.features != PLAIN:
            rows = with_ones(self.on_plane(data.x_train)), with_ones(self.on_plane(data.x_test))
        return dataclasses.replace(
            data, input_shape=self.input_shape, train_rows=rows[0], test_rows=rows[1],
            train_points=data.x_train, test_points=data.x_test,
        )  # fmt: skip


@dataclass(frozen=True)
class PointsOnPlane(OnPlane):
    """Points that are drawn as TensorFlow Playground draws them; `noise` is its slider's value as a share, 0 to 0.5."""

    task = TWO

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
        return self.fed(split((2,), self.task, points, labels, self.test_share, rng))

    @property
    def halves(self) -> tuple[int, int]:
        """How many points of the class +1 and of the class −1 there are, where both have their share."""
        return self.samples - self.samples // 2, self.samples // 2

    def jitter(self, rng: np.random.Generator, radius: float) -> Points:
        """By how much each point is moved before its label is found, (samples, 2)."""
        return rng.uniform(-radius, radius, (self.samples, 2)) * self.noise


@dataclass(frozen=True)
class ClassesOnPlane(PointsOnPlane):
    """Points of two to ten classes, as many as a person asks for."""

    classes: int = option(2, Text("Classes", "クラス数"), low=2, high=10, order=-1)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.classes != 2:
            object.__setattr__(self, "task", Task(tuple(map(str, range(self.classes)))))

    @property
    def labels(self) -> NDArray[np.int64]:
        """Class numbers in order, all classes with the same share, (samples,); +1 first where there are two."""
        shares = np.diff(np.linspace(0, self.samples, self.classes + 1).round().astype(int))
        if self.classes == 2:
            return np.repeat([1, 0], self.halves)
        return np.repeat(np.arange(self.classes), shares)


def on_circle(radius: Points, angle: Points) -> Points:
    """Points (n, 2) at `radius` and `angle`, which is 0 upwards and grows to the right."""
    points: Points = radius[:, None] * np.stack([np.sin(angle), np.cos(angle)], axis=1)
    return points
