from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.data.augmentations import Augmentation, augmentations
from nnplayground.engine.arrays import Array, Shape
from nnplayground.registry import option
from nnplayground.text import Text


@augmentations.register
@dataclass(frozen=True)
class Noise(Augmentation):
    """Gaussian noise on every input, for points as for images."""

    id = "noise"
    label = Text("Noise", "ノイズ")
    help = Text(
        "Each input is blurred by a little noise, anew each time it is seen.",
        "データを見るたびに、入力に小さなノイズを加えます。",
    )
    try_it = Text(
        "Raise the amount and watch the decision boundary get smoother.",
        "量を増やし、決定境界がなめらかになる様子を見ましょう。",
    )
    formula = "x + ε,  ε ~ N(0, σ²)"
    order = 30

    amount: float = option(0.1, Text("Noise σ", "ノイズの大きさ σ"), low=0.0, high=2.0, live=True)

    def apply(self, rows: Array, shape: Shape, rng: np.random.Generator) -> None:
        rows += self.amount * rng.standard_normal(rows.shape, dtype=np.float32)
