from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.data.datasets import datasets
from nnplayground.data.datasets._plane import OnPlane
from nnplayground.data.task import Data, Task, with_ones
from nnplayground.registry import option
from nnplayground.text import Text

MEANS = np.array([[-0.5, -0.5], [0.5, 1.0], [1.0, -0.5]])
SPREADS = np.array([[0.7, 0.7], [0.8, 0.3], [0.3, 0.8]])
SHARES = np.cumsum([0.4, 0.4, 0.2])


@datasets.register
@dataclass(frozen=True)
class ThreeClasses(OnPlane):
    """Three Gaussian clouds on the plane, drawn one sample after another as the textbook does.

    Ito, "Python de ugokashite manabu! Atarashii kikai gakushu no kyokasho", chapters 6 and 7: with seed 1 and
    200 samples the classes of the first 100 count 30, 44, 26.
    """

    id = "three-classes"
    label = Text("Three classes on the plane", "平面上の 3 クラス")
    help = Text(
        "Three overlapping clouds of points; about nine in ten can be told apart at best.",
        "重なり合う 3 つの点の集まりです。どんなにうまく学習しても正解できるのは 9 割ほどです。",
    )
    try_it = Text(
        "Change the number of hidden units from 2 to 10 and watch the boundaries bend.",
        "中間層のユニットを 2 から 10 に増やし、境界が曲がる様子を見ましょう。",
    )
    order = 20
    task = Task(("0", "1", "2"))

    samples: int = option(200, Text("Samples", "データ数"), low=2, high=100_000)
    test_share: float = option(0.5, Text("Share for testing", "テストデータの割合"), low=0.05, high=0.95)
    seed: int = option(1, Text("Data seed", "データの乱数シード"), low=0, high=2**31 - 1)

    def load(self) -> Data:
        # The textbook's own generator and order of draws (numpy.random.seed, one rand, then two randn a sample).
        rng = np.random.RandomState(self.seed)
        x, labels = np.zeros((self.samples, 2)), np.zeros(self.samples, np.int64)
        for n in range(self.samples):
            k = int(np.searchsorted(SHARES, rng.rand(), side="right"))
            labels[n] = k
            x[n] = rng.randn(2) * SPREADS[k] + MEANS[k]
        cut = min(max(round(self.samples * (1 - self.test_share)), 1), self.samples - 1)
        return self.fed(Data((2,), self.task, with_ones(x[:cut]), labels[:cut], with_ones(x[cut:]), labels[cut:]))
