from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.datasets import Dataset, datasets
from nnplayground.data.datasets._images import DIGITS, SHAPE, rows
from nnplayground.data.handwriting import Style, generate
from nnplayground.data.sources import MNIST, Source
from nnplayground.data.task import Data
from nnplayground.registry import option
from nnplayground.text import Text

OTHER_SEEDS = 2**31
"""Beyond the seeds that can be chosen: test digits are never training digits of another seed."""


@dataclass(frozen=True)
class _Amount(Dataset):
    samples: int = option(60_000, Text("Training samples", "訓練データ数"), low=10, high=500_000)
    test_on: str = option(
        "generated", Text("Tested on", "テストに使う数字"),
        help=Text(
            "Generated: digits of the same program. MNIST: its test digits, real ones, once downloaded.",
            "生成した数字: 同じプログラムによるもの。MNIST: テスト用の実際の数字（ダウンロード後）。",
        ),
        choices=("generated", "mnist"), names=(Text("Generated digits", "生成した数字"), Text.same("MNIST")),
    )  # fmt: skip
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
    try_it = Text(
        "Lower the training samples to 500 and compare training and test accuracy.",
        "訓練データ数を 500 に減らし、訓練精度とテスト精度を比べましょう。",
    )
    note = Text(
        "Generated; download MNIST for real ones.", "生成した数字です。実物は MNIST をダウンロードしてください。"
    )
    order = 10
    input_shape = SHAPE
    task = DIGITS

    @property
    def sources(self) -> tuple[Source, ...]:
        return (MNIST,) if self.test_on == "mnist" else ()

    def load(self) -> Data:
        images, labels = generate(self.samples, self.seed, self, dtype=np.uint8)
        test, test_labels = MNIST.load()[1] if self.test_on == "mnist" else self._held_out()
        return Data(SHAPE, self.task, rows(images), labels, rows(test), test_labels)

    def _held_out(self) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        count = min(max(self.samples // 6, 10), 10_000)
        return generate(count, self.seed + OTHER_SEEDS, self, dtype=np.uint8)
