from __future__ import annotations

import numpy as np

from nnplayground.data.augmentations import Augmentation, augmentations
from nnplayground.engine.arrays import Array, Shape
from nnplayground.text import Text


@augmentations.register
class NoAugmentation(Augmentation):
    """Every sample is seen as it is."""

    id = "none"
    label = Text("None", "なし")
    help = Text("Every sample is seen as it is.", "データをそのまま学習します。")
    order = 10

    def apply(self, rows: Array, shape: Shape, rng: np.random.Generator) -> None:
        pass
