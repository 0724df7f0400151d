from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from nnplayground.data.datasets import datasets
from nnplayground.data.datasets._plane import TWO, OnPlane
from nnplayground.data.task import Data, Task, split
from nnplayground.registry import option
from nnplayground.text import Problem, Text

Point = tuple[float, float, int]
"""x₁, x₂ and the number of the class."""
MOST = 5_000
FURTHEST = 1e6
FIRST: tuple[Point, ...] = (
    (-3.0, -2.0, 0), (-2.2, -3.1, 0), (-3.6, -3.4, 0), (-1.7, -1.6, 0), (-2.8, -0.9, 0), (-4.1, -2.3, 0),
    (3.0, 2.0, 1), (2.2, 3.1, 1), (3.6, 3.4, 1), (1.7, 1.6, 1), (2.8, 0.9, 1), (4.1, 2.3, 1),
)  # fmt: skip
"""Two clouds to begin with."""


@datasets.register
@dataclass(frozen=True)
class MyPoints(OnPlane):
    """Points that a person put on the plane; they are part of the experiment."""

    id = "my-points"
    label = Text("My points", "自分の点")
    help = Text(
        "Points that you paint yourself, or read from a table, in the panel “Paint data”.",
        "「データを描く」パネルで自分で描いた点、または表から読み込んだ点です。",
    )
    order = 25
    task = TWO

    points: tuple[Point, ...] = FIRST
    classes: int = option(2, Text("Classes", "クラス数"), low=2, high=10, order=-1)
    test_share: float = option(0.2, Text("Share for testing", "テストデータの割合"), low=0.05, high=0.95)
    seed: int = option(1, Text("Data seed", "データの乱数シード"), low=0, high=2**31 - 1)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.classes != 2:
            object.__setattr__(self, "task", Task(tuple(map(str, range(self.classes)))))
        object.__setattr__(self, "points", tuple((float(x), float(y), int(k)) for x, y, k in self.points))
        if len(self.points) > MOST:
            raise Problem(_TOO_MANY.format(n=len(self.points), most=MOST))
        highest = max((k for _, _, k in self.points), default=0)
        if highest >= self.classes or any(k < 0 for _, _, k in self.points):
            raise Problem(_NO_SUCH_CLASS.format(k=highest, n=self.classes))
        if not all(
            math.isfinite(x) and math.isfinite(y) and max(abs(x), abs(y)) <= FURTHEST for x, y, _ in self.points
        ):
            raise Problem(_TOO_FAR.format(most=f"{FURTHEST:,.0f}"))

    def load(self) -> Data:
        if len(self.points) < 2:
            raise Problem(_TOO_FEW.format(n=len(self.points)))
        found = np.array(self.points, np.float64)
        rng = np.random.default_rng(self.seed)
        return self.fed(split((2,), self.task, found[:, :2], found[:, 2].astype(np.int64), self.test_share, rng))


_TOO_FEW = Text(
    "There are {n} points, and at least 2 are needed; paint some in the panel “Paint data”.",
    "点が {n} 個しかありません。少なくとも 2 個必要です。「データを描く」パネルで描いてください。",
)
_TOO_MANY = Text(
    "There are {n} points; at most {most} can be kept, so leave some out.",
    "点が {n} 個あります。使えるのは {most} 個までなので、減らしてください。",
)
_NO_SUCH_CLASS = Text(
    "There is a point of class {k}, but there are {n} classes, from 0 on; erase those points or raise the number.",
    "クラス {k} の点がありますが、クラスは 0 から数えて {n} 個です。その点を消すか、クラス数を増やしてください。",
)
_TOO_FAR = Text(
    "A point lies too far out; both coordinates have to be between -{most} and {most}.",
    "遠すぎる点があります。座標は -{most} から {most} までにしてください。",
)
