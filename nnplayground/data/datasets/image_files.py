from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.datasets import Dataset, datasets
from nnplayground.data.datasets._images import DIGITS, SHAPE, rows
from nnplayground.data.idx import read_pair
from nnplayground.data.resampling import weights
from nnplayground.data.task import Data, split
from nnplayground.registry import option
from nnplayground.text import Problem, Text

SIDE = SHAPE[1]
_BLOCK = 1000


@datasets.register
@dataclass(frozen=True)
class ImageFiles(Dataset):
    """Images and labels from two IDX files, the format of MNIST.

    Where the names tell of a pair for testing beside them (t10k instead of train), that is tested on.
    """

    id = "image-files"
    label = Text("Images from my files", "自分の画像ファイル")
    help = Text(
        "Your own images with labels from 0 to 9: two IDX files as MNIST has them, or a folder with a folder of "
        "pictures for each digit. They are brought to 28x28 pixels.",
        "0 から 9 のラベルが付いた自分の画像です。MNIST と同じ IDX 形式の 2 つのファイル、または数字ごとのフォルダーに"
        "分けた画像を使います。28×28 画素にそろえられます。",
    )
    order = 15
    input_shape = SHAPE
    task = DIGITS

    images: str = option("", Text("File of images", "画像のファイル"))
    labels: str = option(
        "", Text("File of labels", "ラベルのファイル"),
        help=Text(
            "Empty: the file that is called like that of the images, with “labels” for “images”.",
            "空欄なら、画像ファイルの名前の「images」を「labels」に替えたファイルを使います。",
        ),
    )  # fmt: skip
    samples: int = option(
        60_000, Text("Samples, at most", "データ数の上限"), help=Text("The first ones are taken.", "先頭から使います。"),
        low=10, high=200_000,
    )  # fmt: skip
    test_share: float = option(
        0.2, Text("Held out for testing", "テストに回す割合"),
        help=Text("Where there are no files for testing.", "テスト用のファイルがないとき。"), low=0.05, high=0.9,
    )  # fmt: skip
    seed: int = option(1, Text("Data seed", "データの乱数シード"), low=0, high=2**31 - 1)

    def load(self) -> Data:
        if not self.images:
            raise Problem(_NO_FILE)
        images, labels = Path(self.images), Path(self.labels or labels_of(self.images))
        x, y = self._read(images, labels)
        test = [path.with_name(path.name.replace("train", "t10k")) for path in (images, labels)]
        if all("train" in path.name for path in (images, labels)) and all(path.is_file() for path in test):
            x_test, y_test = self._read(*test)
            return Data(SHAPE, self.task, rows(x), y, rows(x_test), y_test)
        return split(SHAPE, self.task, x / np.float32(255), y, self.test_share, np.random.default_rng(self.seed))

    def _read(self, images: Path, labels: Path) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        x, y = read_pair(images, labels, len(self.task.classes))
        return _fitted(x[: self.samples]), y[: self.samples]


def labels_of(images: str) -> str:
    """The name of the labels that belong to a file of images, as MNIST's files are named."""
    path = Path(images)
    return str(path.with_name(path.name.replace("images", "labels").replace("idx3", "idx1")))


def _fitted(images: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """`images` (n, height, width) in bytes at 28x28, in proportion and in the middle."""
    height, width = images.shape[1:]
    if (height, width) == (SIDE, SIDE):
        return images
    scale = SIDE / max(height, width)
    down, across = (weights(n, scale, (SIDE - n * scale) / 2, SIDE).astype(np.float32) for n in (height, width))
    found = np.empty((len(images), SIDE, SIDE), np.uint8)
    for i in range(0, len(images), _BLOCK):
        found[i : i + _BLOCK] = np.clip(np.rint(down @ images[i : i + _BLOCK] @ across.T), 0, 255)
    return found


_NO_FILE = Text(
    "No images are chosen yet; press “Choose files…” or “Choose a folder…” below the dataset.",
    "画像がまだ選ばれていません。データセットの下の「ファイルを選ぶ…」か「フォルダーを選ぶ…」を押してください。",
)
