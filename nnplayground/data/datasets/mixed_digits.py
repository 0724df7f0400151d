from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.data.datasets import Dataset, datasets
from nnplayground.data.datasets._images import DIGITS, SHAPE, rows
from nnplayground.data.handwriting import generate
from nnplayground.data.sources import MNIST, Source
from nnplayground.data.task import Data
from nnplayground.registry import option
from nnplayground.text import Text


@datasets.register
@dataclass(frozen=True)
class MixedDigits(Dataset):
    """MNIST's training digits and generated ones together; tested on MNIST's test digits."""

    id = "mixed-digits"
    label = Text("MNIST and generated digits", "MNIST と生成した数字")
    help = Text(
        "Real digits, and generated ones for the ways of writing that are rare among them.",
        "実際の手書き数字に、その中では珍しい書き方を補う生成した数字を加えます。",
    )
    order = 13
    input_shape = SHAPE
    task = DIGITS

    samples: int = option(60_000, Text("MNIST digits", "MNIST の数字の数"), low=10, high=60_000)
    generated: int = option(60_000, Text("Generated digits", "生成する数字の数"), low=0, high=500_000)
    seed: int = option(1, Text("Data seed", "データの乱数シード"), low=0, high=2**31 - 1)

    @property
    def sources(self) -> tuple[Source, ...]:
        return (MNIST,)

    def load(self) -> Data:
        (real, real_labels), (test, test_labels) = MNIST.load()
        made, made_labels = generate(self.generated, self.seed, dtype=np.uint8)
        images = np.concatenate([real[: self.samples], made])
        labels = np.concatenate([real_labels[: self.samples], made_labels])
        return Data(SHAPE, self.task, rows(images), labels, rows(test), test_labels)
