from __future__ import annotations

from dataclasses import dataclass

from nnplayground.data.datasets import Dataset, datasets
from nnplayground.data.datasets._images import SHAPE, fetched
from nnplayground.data.sources import FASHION_MNIST, Source
from nnplayground.data.task import Data, Task
from nnplayground.registry import option
from nnplayground.text import Text


@datasets.register
@dataclass(frozen=True)
class FashionMnist(Dataset):
    """Pictures of clothes, 60,000 to train and 10,000 to test (Xiao, Rasul & Vollgraf 2017)."""

    id = "fashion-mnist"
    label = Text("Fashion-MNIST: clothes", "Fashion-MNIST（衣類の画像）")
    help = Text(
        "70,000 pictures of ten kinds of clothes, as large as MNIST's digits and harder to tell apart.",
        "10 種類の衣類の画像 7 万枚です。大きさは MNIST と同じで、見分けるのはより難しくなっています。",
    )
    order = 12
    input_shape = SHAPE
    task = Task(
        (
            "T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
        )
    )  # fmt: skip

    samples: int = option(60_000, Text("Training samples", "訓練データ数"), low=10, high=60_000)

    @property
    def sources(self) -> tuple[Source, ...]:
        return (FASHION_MNIST,)

    def load(self) -> Data:
        return fetched(FASHION_MNIST, self.task, self.samples)
