"""A table or pictures that a person brought in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.data import holdings
from nnplayground.data.datasets import Dataset, datasets
from nnplayground.data.task import Data, Task, split
from nnplayground.registry import option
from nnplayground.text import Problem, Text


@datasets.register
@dataclass(frozen=True)
class OwnData(Dataset):
    """Rows of numbers with a class or a value each. `content` names the holding; its samples are shuffled by the seed."""

    id = "own-data"
    label = Text("Your own data", "自分のデータ")
    help = Text(
        "A table, pictures or IDX files that you imported; they are saved in the experiment file.",
        "読み込んだ表や画像、IDX ファイルのデータです。実験ファイルの中に保存されます。",
    )
    order = 300
    input_shape = (4,)
    task = Task(("0", "1"))

    scaling: str = option(
        "standard", Text("Scaling", "スケーリング"),
        help=Text(
            "Inputs of very different sizes are hard to learn from: bring each to mean 0 and spread 1, or into 0..1.",
            "大きさの違う入力は学習しにくいので、各列を平均 0・分散 1 にするか、0〜1 に収めます。",
        ),
        choices=("standard", "range", "none"),
        names=(Text("Mean 0, spread 1", "平均 0・分散 1"), Text("0..1", "0〜1"), Text("As they are", "そのまま")),
    )  # fmt: skip
    test_share: float = option(0.2, Text("Share for testing", "テストデータの割合"), low=0.05, high=0.9)
    seed: int = option(1, Text("Data seed", "データの乱数シード"), low=0, high=2**31 - 1)
    source: str = ""
    """Name of the file it came from."""
    content: str = ""
    shape: tuple[int, ...] = (4,)
    features: tuple[str, ...] = ()
    classes: tuple[str, ...] = ("0", "1")
    """Empty: a number is to be found."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if (
            len(self.shape) not in (1, 3)
            or not all(1 <= n <= 100_000 for n in self.shape)
            or np.prod(self.shape) > 10**7
        ):
            raise Problem(_SHAPE.format(shape=str(self.shape)[:40]))
        object.__setattr__(self, "input_shape", self.shape)
        object.__setattr__(self, "task", Task(self.classes))

    @property
    def note(self) -> Text | None:  # type: ignore[override]
        return Text.same(self.source) if self.source else None

    @property
    def inputs(self) -> tuple[str, ...]:
        return self.features

    def load(self) -> Data:
        held = holdings.held(self.content)
        fits = held.x.shape[1:] == (int(np.prod(self.shape)),) and len(held.t) == len(held.x)
        if not fits or (self.classes and (held.t.min() < 0 or held.t.max() >= len(self.classes))):
            raise Problem(_SHAPE.format(shape=str(self.shape)[:40]))
        x = held.x / np.float32(255) if held.x.dtype == np.uint8 else held.x
        data = split(self.shape, self.task, self._scaled(x), held.t, self.test_share, np.random.default_rng(self.seed))
        if not np.isfinite(data.train_rows).all() or not np.isfinite(data.test_rows).all():
            raise Problem(_TOO_LARGE)
        return data

    def _scaled(self, x: np.ndarray) -> np.ndarray:
        """Columns that are the same everywhere become 0."""
        if self.scaling == "none" or len(self.shape) == 3:
            return x
        wide = x.astype(np.float64)
        low, spread = (wide.mean(0), wide.std(0)) if self.scaling == "standard" else (wide.min(0), np.ptp(wide, axis=0))
        scaled: np.ndarray = (wide - low) / np.where(spread > 0, spread, 1)
        return scaled


_SHAPE = Text(
    "The imported data does not fit its description (shape {shape}); import it again.",
    "読み込んだデータが説明（形 {shape}）と合いません。もう一度読み込んでください。",
)
_TOO_LARGE = Text(
    "The data has numbers that are too large to compute with; choose a scaling.",
    "計算できないほど大きな数があります。スケーリングを選んでください。",
)
