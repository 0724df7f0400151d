from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.data.datasets import Dataset, datasets
from nnplayground.data.datasets._images import DIGITS, SHAPE, rows
from nnplayground.data.handwriting import Style, generate
from nnplayground.data.task import Data
from nnplayground.registry import option
from nnplayground.text import Text


@dataclass(frozen=True)
class _Amount(Dataset):
    samples: int = option(60_000, Text("Training samples", "訓練データ数"), low=10, high=500_000)
    seed: int = option(1, Text("Data seed", "データの乱数シード"), low=0, high=2**31 - 1)


@datasets.register
@dataclass(frozen=True)
class GeneratedDigits(Style, _Amount):
    """Digits made up from pen strokes; one test digit for every six training digits, at most 10,000."""

    id = "generated-digits"
    label = Text("Generated digits", "生成した手書き数字")
    help = Text(
        "Handwritten digits made up by a program: nothing to download, and every trait of the hand is a slider.",
        "プログラムが作る手書き数字です。ダウンロードは不要で、書きぐせはスライダーで変えられます。",
    )
    note = Text(
        "Generated; download MNIST for real ones.", "生成した数字です。実物は MNIST をダウンロードしてください。"
    )
    order = 10
    input_shape = SHAPE
    task = DIGITS

    def load(self) -> Data:
        held_out = min(max(self.samples // 6, 10), 10_000)
        images, labels = generate(self.samples + held_out, self.seed, self, dtype=np.uint8)
        n = self.samples
        return Data(SHAPE, self.task, rows(images[:n]), labels[:n], rows(images[n:]), labels[n:])
