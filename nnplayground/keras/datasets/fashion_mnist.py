"""Pictures of clothes, once they were fetched with `nnplayground download fashion-mnist`."""

from __future__ import annotations

from nnplayground.data.sources import FASHION_MNIST
from nnplayground.keras.datasets.mnist import Images, load_source


def load_data() -> tuple[tuple[Images, Images], tuple[Images, Images]]:
    """(x_train, y_train), (x_test, y_test), shaped as MNIST's. Raises `Problem` while the files are not here."""
    return load_source(FASHION_MNIST)
