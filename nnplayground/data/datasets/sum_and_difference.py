from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.data.datasets import Dataset, datasets
from nnplayground.data.features import PLAIN
from nnplayground.data.task import Data, Task, with_ones
from nnplayground.registry import option
from nnplayground.text import Text


@datasets.register
@dataclass(frozen=True)
class SumAndDifference(Dataset):
    """Two numbers in, half their sum and half their difference out. The first sample is always (1, 0.5)."""

    id = "sum-and-difference"
    label = Text("Sum and difference (regression)", "和と差（回帰）")
    help = Text(
        "Two numbers go in, half their sum and half their difference come out.",
        "2 つの数を入れると、その和の半分と差の半分が出てきます。",
    )
    order = 90
    input_shape = (2,)
    lies_on_plane = True
    task = Task(outputs=2)

    @property
    def inputs(self) -> tuple[str, ...]:
        return PLAIN

    samples: int = option(200, Text("Samples", "データ数"), low=2, high=100_000)
    test_share: float = option(0.5, Text("Share for testing", "テストデータの割合"), low=0.05, high=0.95)
    seed: int = option(1, Text("Data seed", "データの乱数シード"), low=0, high=2**31 - 1)

    def load(self) -> Data:
        x = np.random.default_rng(self.seed).uniform(-1, 1, (self.samples, 2))
        x[0] = 1.0, 0.5  # the worked example of a forward pass
        t = x @ np.array([[0.5, 0.5], [0.5, -0.5]])
        cut = min(max(round(self.samples * (1 - self.test_share)), 1), self.samples - 1)
        return Data(self.input_shape, self.task, with_ones(x[:cut]), t[:cut], with_ones(x[cut:]), t[cut:])
