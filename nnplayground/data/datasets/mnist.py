from __future__ import annotations

from dataclasses import dataclass

from nnplayground.data.datasets import Dataset, datasets
from nnplayground.data.datasets._images import DIGITS, SHAPE, fetched
from nnplayground.data.sources import MNIST, Source
from nnplayground.data.task import Data
from nnplayground.registry import option
from nnplayground.text import Text


@datasets.register
@dataclass(frozen=True)
class Mnist(Dataset):
    """Real handwritten digits, 60,000 to train and 10,000 to test (LeCun, Cortes & Burges)."""

    id = "mnist"
    label = Text("MNIST: real digits", "MNIST（実際の手書き数字）")
    help = Text(
        "70,000 digits written by people in the United States, scaled to 28x28 pixels.",
        "アメリカの人々が書いた 7 万個の手書き数字を 28×28 ピクセルにしたものです。",
    )
    try_it = Text(
        "Train for one epoch and draw a digit of your own.",
        "1 エポック学習させ、自分で数字を描いてみましょう。",
    )
    order = 11
    input_shape = SHAPE
    task = DIGITS

    samples: int = option(60_000, Text("Training samples", "訓練データ数"), low=10, high=60_000)

    @property
    def sources(self) -> tuple[Source, ...]:
        return (MNIST,)

    def load(self) -> Data:
        return fetched(MNIST, self.task, self.samples)
