from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.data.datasets import Dataset, datasets
from nnplayground.data.task import Data, Task, split
from nnplayground.registry import option
from nnplayground.text import Text


@datasets.register
@dataclass(frozen=True)
class Sine(Dataset):
    """t = sin(π x) for x evenly drawn from −1 to 1, with normal noise of standard deviation `noise`."""

    id = "sine"
    label = Text("Sine curve (regression)", "正弦曲線（回帰）")
    help = Text(
        "One number in, one number out: the network bends itself into a wave.",
        "数 1 個から数 1 個を求めます。ネットワークが波の形に曲がっていきます。",
    )
    order = 60
    input_shape = (1,)
    task = Task()

    samples: int = option(200, Text("Samples", "データ数"), low=2, high=100_000)
    noise: float = option(0.1, Text("Noise", "ノイズ"), low=0.0, high=1.0)
    test_share: float = option(0.5, Text("Share for testing", "テストデータの割合"), low=0.05, high=0.95)
    seed: int = option(1, Text("Data seed", "データの乱数シード"), low=0, high=2**31 - 1)

    def load(self) -> Data:
        rng = np.random.default_rng(self.seed)
        x = rng.uniform(-1, 1, (self.samples, 1))
        t = np.sin(np.pi * x) + self.noise * rng.standard_normal(x.shape)
        return split(self.input_shape, self.task, x, t, self.test_share, rng)
