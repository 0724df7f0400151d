from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.data.datasets import datasets
from nnplayground.data.datasets._plane import OnPlane
from nnplayground.data.task import Data, Task, with_ones
from nnplayground.registry import option
from nnplayground.text import Text

INPUTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
TABLES = {"and": (0, 0, 0, 1), "or": (0, 1, 1, 1), "nand": (1, 1, 1, 0), "nor": (1, 0, 0, 0), "xor": (0, 1, 1, 0)}


@datasets.register
@dataclass(frozen=True)
class LogicGates(OnPlane):
    """The four rows of a truth table, both for training and for testing."""

    id = "logic-gates"
    label = Text("Logic gate", "論理ゲート")
    help = Text(
        "Two inputs of 0 or 1, one answer: a single unit learns AND, OR, NAND and NOR, but not XOR.",
        "0 か 1 の入力が 2 つ、答えが 1 つです。ユニット 1 個で AND・OR・NAND・NOR は学習できますが、XOR はできません。",
    )
    note = Text(
        "There are only four cases, so training and testing use the same ones.",
        "全部で 4 通りしかないので、訓練とテストに同じデータを使います。",
    )
    order = 10
    task = Task(("0", "1"))

    gate: str = option(
        "and",
        Text("Gate", "ゲート"),
        choices=tuple(TABLES),
        names=tuple(Text.same(name.upper()) for name in TABLES),
    )

    def load(self) -> Data:
        rows, labels = with_ones(INPUTS), np.array(TABLES[self.gate])
        return self.fed(Data((2,), self.task, rows, labels, rows, labels))
