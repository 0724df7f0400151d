"""What a network on the plane is fed: the coordinates of a point, or functions of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Feature:
    """One input: `id` as files write it, `name` as it is shown, and its value at (x₁, x₂)."""

    id: str
    name: str
    value: Callable[[Floats, Floats], Floats]


FEATURES = {
    feature.id: feature
    for feature in (
        Feature("x1", "x₁", lambda a, b: a),
        Feature("x2", "x₂", lambda a, b: b),
        Feature("x1^2", "x₁²", lambda a, b: a * a),
        Feature("x2^2", "x₂²", lambda a, b: b * b),
        Feature("x1*x2", "x₁x₂", lambda a, b: a * b),
        Feature("sin x1", "sin x₁", lambda a, b: np.sin(a)),
        Feature("sin x2", "sin x₂", lambda a, b: np.sin(b)),
        Feature("cos x1", "cos x₁", lambda a, b: np.cos(a)),
        Feature("cos x2", "cos x₂", lambda a, b: np.cos(b)),
    )
}
"""In the order in which they are shown."""
PLAIN = ("x1", "x2")


def of_points(points: Floats, names: tuple[str, ...]) -> Floats:
    """The features `names` of `points` (n, 2), in their order: (n, len(names))."""
    if names == PLAIN:
        return points
    x1, x2 = points[:, 0], points[:, 1]
    return np.stack([FEATURES[name].value(x1, x2) for name in names], axis=1)


def switched(names: tuple[str, ...], name: str, on: bool) -> tuple[str, ...]:
    """`names` with one more at the end, or one less: the others keep their places, so that a network keeps its weights."""
    others = tuple(n for n in names if n != name)
    return (*others, name) if on else others
