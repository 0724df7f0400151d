"""Datasets as Keras gives them: `mnist.load_data()`, `fashion_mnist.load_data()`; and all of this program's own by `load`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.datasets import datasets as registry
from nnplayground.engine.arrays import Array, Shape
from nnplayground.keras.datasets import fashion_mnist, mnist
from nnplayground.keras.names import entry_of

Pair = tuple[Array, NDArray[Any]]


def load(id: str, **options: Any) -> tuple[Pair, Pair]:
    """Not in Keras: (x_train, y_train), (x_test, y_test) of a dataset of this program by its id, with its options.

    `nnplayground list datasets` shows the ids. x is (samples, features) or (samples, height, width, channels); y holds
    class numbers, or (samples, values) of a regression. Raises `Problem`.
    """
    dataset = entry_of(registry, id, options)
    data = dataset.load()
    train = _turned(data.x_train, data.input_shape), _labels(data.train_labels)
    return train, (_turned(data.x_test, data.input_shape), _labels(data.test_labels))


def _turned(rows: Array, shape: Shape) -> Array:
    if len(shape) != 3:
        return rows.copy()
    images: Array = np.ascontiguousarray(rows.reshape(len(rows), *shape).transpose(0, 2, 3, 1))
    return images


def _labels(labels: NDArray[Any]) -> NDArray[Any]:
    return np.array(labels) if labels.dtype.kind in "iu" else np.asarray(labels, np.float32).reshape(len(labels), -1)


__all__ = ["fashion_mnist", "load", "mnist"]
