"""Pictures with labels as data of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.datasets.own_data import OwnData
from nnplayground.data.files import FileProblem, letters
from nnplayground.data.holdings import MOST_NUMBERS, Holding, hold
from nnplayground.data.idx import read_pair
from nnplayground.text import Text

MOST_CLASSES = 100


def of_pictures(pictures: NDArray[np.uint8], labels: Sequence[str], source: str) -> OwnData:
    """A dataset of grey `pictures` (n, height, width), 255 is ink, with a label each; raises `FileProblem`."""
    names = sorted(set(labels), key=lambda name: (not name.isdecimal(), int(name) if name.isdecimal() else 0, name))
    if not 2 <= len(names) <= MOST_CLASSES:
        raise FileProblem("classes", _CLASSES.format(source=source, n=len(names), most=MOST_CLASSES))
    if pictures.size > MOST_NUMBERS * 4 or len(pictures) < 2:
        raise FileProblem("too-large" if pictures.size else "empty", _COUNT.format(source=source, n=len(pictures)))
    places = {name: i for i, name in enumerate(names)}
    t = np.array([places[label] for label in labels], np.int64)
    content = hold(Holding(np.ascontiguousarray(pictures).reshape(len(pictures), -1), t))
    return OwnData(
        source=letters(source)[:100], content=content, shape=(1, *pictures.shape[1:]), classes=tuple(letters(n)[:80] for n in names)
    )  # fmt: skip


def of_idx(images: Path, labels: Path) -> OwnData:
    """A dataset of two IDX files that belong together; raises `FileProblem`."""
    x, y = read_pair(images, labels, 256)
    return of_pictures(x, [str(label) for label in y.tolist()], images.name)


def labels_beside(images: Path) -> Path | None:
    """The file of labels that belongs to one of images by its name, as MNIST's do, if it is there."""
    name = images.name.replace("images", "labels").replace("idx3", "idx1")
    beside = images.with_name(name)
    return beside if name != images.name and beside.is_file() else None


_CLASSES = Text(
    "{source} has {n} classes; from 2 to {most} are learnt. Put the pictures of each class into a folder of its own.",
    "{source} のクラスは {n} 個です。2〜{most} 個にしてください。クラスごとにフォルダーを分けて画像を入れます。",
)
_COUNT = Text(
    "{source} has {n} pictures, which is too few or too many; take from 2 to some ten thousand.",
    "{source} の画像は {n} 枚です。2 枚から数万枚までにしてください。",
)
