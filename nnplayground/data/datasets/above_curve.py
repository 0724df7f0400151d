from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.datasets import datasets
from nnplayground.data.datasets._plane import Points, PointsOnPlane
from nnplayground.data.formula import Formula
from nnplayground.registry import option
from nnplayground.text import Text

HALF = 5.0


@datasets.register
@dataclass(frozen=True)
class AboveCurve(PointsOnPlane):
    """Points of the square from −5 to 5; class +1 where x₂ > f(x₁), f a formula that a person types."""

    id = "above-curve"
    label = Text("Above a curve, y > f(x)", "曲線より上（y > f(x)）")
    help = Text(
        "The border between the classes is a curve of your own: type a formula of x.",
        "クラスの境界を自分で決められます。x の式を入力してください。",
    )
    formula = "y > f(x)"
    order = 52

    curve: str = option(
        "2 sin(x)", Text("f(x) =", "f(x) ="), examples=("2 sin(x)", "x^3 / 10 - x", "|x| - 2"), order=-1,
        help=Text("A formula of x, such as sin(2x) + x^2 / 3.", "x の式です。例: sin(2x) + x^2 / 3"),
    )  # fmt: skip

    def __post_init__(self) -> None:
        super().__post_init__()
        Formula(self.curve).finite(np.linspace(-HALF, HALF, 1000))

    def draw(self, rng: np.random.Generator) -> tuple[Points, NDArray[np.int64]]:
        points = rng.uniform(-HALF, HALF, (self.samples, 2))
        moved = points + self.jitter(rng, HALF)
        return points, (moved[:, 1] > Formula(self.curve)(moved[:, 0])).astype(np.int64)
