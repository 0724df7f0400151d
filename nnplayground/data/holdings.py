"""Data that a person brought in, held in this process under the checksum of its content, which datasets name it by.

Experiment files carry it along: it cannot be made again from a recipe.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplayground.text import Problem, Text

MOST_NUMBERS = 50_000_000
"""Of one collection of inputs."""


@dataclass(frozen=True, eq=False)
class Holding:
    """Inputs (samples, features), float32 or bytes of pixels, and labels: class numbers, or float64 values (samples, 1)."""

    x: NDArray[Any]
    t: NDArray[Any]

    @property
    def id(self) -> str:
        """Tells one content from every other."""
        digest = hashlib.sha256()
        for array in (self.x, self.t):
            digest.update(json.dumps([array.dtype.str, array.shape]).encode())
            digest.update(np.ascontiguousarray(array).data.cast("B") if array.size else b"")
        return digest.hexdigest()[:32]


_held: dict[str, Holding] = {}


def hold(holding: Holding, name: str = "") -> str:
    """Keep `holding` until the process ends, under `name` or its own id; returns that."""
    for array in (holding.x, holding.t):
        array.flags.writeable = False
    key = name or holding.id
    _held[key] = holding
    return key


def held(id: str) -> Holding:
    """What was kept under `id`; raises `Problem`."""
    if id not in _held:
        raise Problem(_NOT_HERE if id else _NONE)
    return _held[id]


def is_held(id: str) -> bool:
    """Whether it is here."""
    return id in _held


_NOT_HERE = Text(
    "The data of this experiment is not here; open the experiment file that carries it, or import the data again.",
    "この実験のデータがありません。データの入った実験ファイルを開くか、もう一度データを読み込んでください。",
)
_NONE = Text(
    "There is no data of your own yet; choose File > Import, or drop a table or a folder of pictures on the window.",
    "自分のデータがまだありません。「ファイル」→「読み込む」を選ぶか、表や画像のフォルダーをウィンドウにドロップしてください。",
)
