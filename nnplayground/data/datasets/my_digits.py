from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.data import my_digits
from nnplayground.data.datasets import Dataset, datasets
from nnplayground.data.datasets._images import DIGITS, SHAPE, rows
from nnplayground.data.handwriting import generate
from nnplayground.data.holdings import Holding, held, hold, is_held
from nnplayground.data.progress import report
from nnplayground.data.sources import MNIST, Source
from nnplayground.data.task import Data, split
from nnplayground.registry import option
from nnplayground.text import Problem, Text

Pair = tuple[NDArray[np.uint8], NDArray[np.int64]]


@datasets.register
@dataclass(frozen=True)
class MyDigits(Dataset):
    """The person's own digits, alone or among others.

    Alone, some are held out for testing. Mixed, all are trained on, each several times, and the test digits are those
    of the others, so that it is seen what was forgotten.
    """

    id = "my-digits"
    label = Text("My digits", "自分の数字")
    help = Text(
        "The digits that you drew and kept, alone or mixed into generated ones or MNIST.",
        "描いてコレクションに加えた数字です。それだけで学習することも、生成した数字や MNIST に混ぜることもできます。",
    )
    order = 14
    input_shape = SHAPE
    task = DIGITS

    mix: str = option(
        "generated", Text("Mixed into", "混ぜる相手"),
        help=Text(
            "Only your digits, or your digits among others.",
            "自分の数字だけを使うか、ほかの数字に混ぜるか。",
        ),
        choices=("alone", "generated", "mnist"),
        names=(Text("None", "混ぜない"), Text("Generated digits", "生成した数字"), Text.same("MNIST")),
    )  # fmt: skip
    others: int = option(20_000, Text("Other digits", "ほかの数字の数"), low=10, high=60_000)
    copies: int = option(
        20, Text("Copies of mine", "自分の数字の重複回数"),
        help=Text("How many times each of your digits is among the others.", "混ぜるときに自分の数字を何回ずつ入れるか。"),
        low=1, high=1000,
    )  # fmt: skip
    test_share: float = option(
        0.2, Text("Held out for testing", "テストに回す割合"),
        help=Text("Of your digits when they are alone.", "自分の数字だけで学習するとき。"), low=0.05, high=0.9,
    )  # fmt: skip
    seed: int = option(1, Text("Data seed", "データの乱数シード"), low=0, high=2**31 - 1)
    version: str = ""
    """Which state of the collection is meant, so that data is loaded anew when it has changed."""

    @property
    def sources(self) -> tuple[Source, ...]:
        return (MNIST,) if self.mix == "mnist" else ()

    def load(self) -> Data:
        images, labels = self._drawn()
        if self.mix == "alone":
            scaled, rng = images / np.float32(255), np.random.default_rng(self.seed)
            return split(SHAPE, self.task, scaled, labels, self.test_share, rng)
        (x, t), (x_test, t_test) = self._among()
        x = np.concatenate([x, np.repeat(images, self.copies, axis=0)])
        t = np.concatenate([t, np.repeat(labels, self.copies)])
        return Data(SHAPE, self.task, rows(x), t, rows(x_test), t_test)

    def _among(self) -> tuple[Pair, Pair]:
        if self.mix == "mnist":
            (x, t), test = MNIST.load()
            return (x[: self.others], t[: self.others]), test
        count = min(max(self.others // 6, 10), 10_000)
        made = generate(self.others + count, self.seed, dtype=np.uint8)
        return (made[0][count:], made[1][count:]), (made[0][:count], made[1][:count])

    @property
    def holding(self) -> str:
        """The name under which this state of the collection is held, so that files can carry it along."""
        return f"{self.id} {self.version}"

    def _drawn(self) -> Pair:
        """Images (n, 28, 28) in bytes and labels (n,) of all kept digits; raises `Problem` if there are too few.

        Those of another state of the collection, or of another person, if an experiment file brought them along.
        """
        digits = my_digits.load()
        other = bool(self.version) and my_digits.version_of(digits) != self.version
        if other and is_held(self.holding):
            kept = held(self.holding)
            return kept.x.reshape(-1, *SHAPE[1:]), kept.t
        if len(digits) < 2:
            raise Problem(_TOO_FEW.format(n=len(digits)))
        images = np.zeros((len(digits), 28, 28), np.uint8)
        for i, digit in enumerate(digits):
            report(i / len(digits))
            images[i] = digit.pixels
        labels = np.array([digit.label for digit in digits], np.int64)
        if self.version and not other:
            hold(Holding(images.reshape(len(images), -1), labels), self.holding)
        return images, labels


_TOO_FEW = Text(
    "You have kept {n} digits, and at least 2 are needed; draw some and keep them with the button beside the canvas.",
    "コレクションの数字は {n} 個です。少なくとも 2 個必要です。数字を描き、キャンバスの横のボタンで加えてください。",
)
