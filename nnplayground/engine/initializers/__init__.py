"""Initial weights, one rule a file. Biases start at 0."""

from __future__ import annotations

import numpy as np

from nnplayground.engine.arrays import Array, Shape
from nnplayground.registry import Entry, Registry
from nnplayground.text import Text


class Initializer(Entry):
    """A rule that draws the first weights of a layer."""

    def draw(self, rng: np.random.Generator, shape: Shape, fan_in: int, fan_out: int) -> Array:
        """Weights of `shape` in float64; `fan_in` inputs feed each unit and each input feeds `fan_out` units."""
        raise NotImplementedError


initializers: Registry[Initializer] = Registry(Text("Initializer", "重みの初期値"), __name__)
