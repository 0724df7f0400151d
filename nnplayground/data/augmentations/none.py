from __future__ import annotations

import numpy as np

from nnplayground.data.augmentations import Augmentation, augmentations
from nnplayground.engine.arrays import Array, Shape
from nnplayground.text import Text


@augmentations.register
class NoAugmentation(Augmentation):
    """Every sample is seen as it is."""

    id = "none"
    formula = "x′ = x"
    label = Text("None", "なし")
    help = Text("Every sample is seen as it is.", "データをそのまま学習します。")
    try_it = Text(
        "Switch from here to moved and turned images and see the gap between the curves shrink.",
        "ここから画像の変形に切り替え、2 つの曲線の差が縮む様子を見ましょう。",
    )
    order = 10

    def apply(self, rows: Array, shape: Shape, rng: np.random.Generator) -> None:
        pass
