"""Datasets as Keras gives them: `mnist.load_data()`, `fashion_mnist.load_data()`; and all of this program's own by `load`."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.datasets import datasets as registry
from nnplayground.data.datasets.my_digits import MyDigits
from nnplayground.data.holdings import is_held
from nnplayground.data.my_digits import load as kept_digits
from nnplayground.data.my_digits import version_of
from nnplayground.engine.arrays import Array, Shape
from nnplayground.keras.datasets import fashion_mnist, mnist
from nnplayground.keras.names import entry_of
from nnplayground.keras.problems import refuse
from nnplayground.storage import project

Pair = tuple[Array, NDArray[Any]]


def load(id: str, file: str | PathLike[str] | None = None, **options: Any) -> tuple[Pair, Pair]:
    """Not in Keras: (x_train, y_train), (x_test, y_test) of a dataset of this program by its id, with its options.

    `nnplayground list datasets` shows the ids. x is (samples, features) or (samples, height, width, channels); y holds
    class numbers, or (samples, values) of a regression. A person's own data is in the experiment `file` that the window
    saved with it. Raises `Problem`.
    """
    dataset = entry_of(registry, id, options)
    if file is not None:
        project.read(Path(file))  # holds the data that it brings along
    if isinstance(dataset, MyDigits):
        _check_version(dataset)
    data = dataset.load()
    train = _turned(data.x_train, data.input_shape), _labels(data.train_labels)
    return train, (_turned(data.x_test, data.input_shape), _labels(data.test_labels))


def _check_version(dataset: MyDigits) -> None:
    """Refuse digits of another state of the collection than the one that is asked for."""
    if dataset.version in ("", version_of(kept_digits())) or is_held(dataset.holding):
        return
    raise refuse(
        "my-digits: your collection has changed since version={version!r}; name the experiment file that was saved with it, "
        'as in file="experiment.nnp", or leave version out to take the digits as they are now.',
        "my-digits: コレクションが version={version!r} のときから変わっています。file=\"experiment.nnp\" のように当時保存した実験ファイルを"
        "指定するか、version を省いて今の数字を使ってください。",
        version=dataset.version,
    )  # fmt: skip


def _turned(rows: Array, shape: Shape) -> Array:
    if len(shape) != 3:
        return rows.copy()
    images: Array = np.ascontiguousarray(rows.reshape(len(rows), *shape).transpose(0, 2, 3, 1))
    return images


def _labels(labels: NDArray[Any]) -> NDArray[Any]:
    return np.array(labels) if labels.dtype.kind in "iu" else np.asarray(labels, np.float32).reshape(len(labels), -1)


__all__ = ["fashion_mnist", "load", "mnist"]
