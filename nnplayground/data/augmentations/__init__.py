"""Ways of changing training samples a little each time they are seen, one a file."""

from __future__ import annotations

import numpy as np

from nnplayground.engine.arrays import Array, Shape
from nnplayground.registry import Entry, Registry
from nnplayground.text import Text


class Augmentation(Entry):
    """Changes the inputs of a batch and leaves their labels alone."""

    def fits(self, shape: Shape) -> bool:
        """Whether inputs of this shape can be changed."""
        return True

    def apply(self, rows: Array, shape: Shape, rng: np.random.Generator) -> None:
        """Change `rows` (samples, features), inputs of `shape`, in place; all chance comes from `rng`."""
        raise NotImplementedError


augmentations: Registry[Augmentation] = Registry(Text("Augmentation", "データ拡張"), __name__)
