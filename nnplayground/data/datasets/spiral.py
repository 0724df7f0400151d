from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.datasets import datasets
from nnplayground.data.datasets._plane import ClassesOnPlane, Points, on_circle
from nnplayground.text import Text


@datasets.register
class Spiral(ClassesOnPlane):
    """Arms, one for each class, that wind into each other from the centre to radius 5.

    Two make 1.75 turns; more of them turn less, so that they stay as far apart.
    """

    id = "spiral"
    label = Text("Spiral", "らせん")
    help = Text(
        "Arms wound into each other: hard, and a good reason for more units or layers.",
        "互いに巻きついた腕です。難しく、ユニットや層を増やす意味がよくわかります。",
    )
    try_it = Text(
        "Add sin x₁ to the input features and watch it get easier.",
        "入力特徴量に sin x₁ を加え、易しくなることを確かめましょう。",
    )
    order = 50

    def draw(self, rng: np.random.Generator) -> tuple[Points, NDArray[np.int64]]:
        labels = self.labels
        counts = np.bincount(labels)
        along = np.concatenate([np.arange(counts[k]) / counts[k] for k in dict.fromkeys(labels.tolist())])
        turned = np.where(labels == 1, 0, np.pi) if self.classes == 2 else 2 * np.pi * labels / self.classes
        angle = 3.5 / self.classes * along * 2 * np.pi + turned
        return on_circle(5 * along, angle) + self.jitter(rng, 1.0), labels
