from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.data.datasets import Dataset, datasets
from nnplayground.data.formula import Formula
from nnplayground.data.task import Data, Task, split
from nnplayground.registry import option
from nnplayground.text import Text


@datasets.register
@dataclass(frozen=True)
class Curve(Dataset):
    """t = f(x) for x evenly drawn from −reach to reach, with normal noise of standard deviation `noise`."""

    id = "curve"
    label = Text("A curve of your own (regression)", "自分で決める曲線（回帰）")
    help = Text(
        "One number in, one number out, by a formula that you type.",
        "数 1 個から数 1 個を求めます。その関係を式で決められます。",
    )
    formula = "t = f(x)"
    order = 62
    input_shape = (1,)
    task = Task()

    curve: str = option(
        "x sin(2x) / 2", Text("f(x) =", "f(x) ="),
        examples=("x sin(2x) / 2", "sin(2x)", "x^3 / 9 - x", "|x| - 1"),
        help=Text("A formula of x, such as sin(2x) + x^2 / 3.", "x の式です。例: sin(2x) + x^2 / 3"),
    )  # fmt: skip
    reach: float = option(3.0, Text("x from −r to r, r =", "x の範囲 −r〜r、r ="), low=0.1, high=100.0)
    samples: int = option(200, Text("Samples", "データ数"), low=2, high=100_000)
    noise: float = option(0.1, Text("Noise", "ノイズ"), low=0.0, high=10.0)
    test_share: float = option(0.5, Text("Share for testing", "テストデータの割合"), low=0.05, high=0.95)
    seed: int = option(1, Text("Data seed", "データの乱数シード"), low=0, high=2**31 - 1)

    def __post_init__(self) -> None:
        super().__post_init__()
        Formula(self.curve).finite(np.linspace(-self.reach, self.reach, 1000))

    def load(self) -> Data:
        rng = np.random.default_rng(self.seed)
        x = rng.uniform(-self.reach, self.reach, (self.samples, 1))
        t = Formula(self.curve).finite(x[:, 0])[:, None] + self.noise * rng.standard_normal(x.shape)
        return split(self.input_shape, self.task, x, t, self.test_share, rng)
