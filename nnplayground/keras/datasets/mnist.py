"""Real handwritten digits, once they were fetched with `nnplayground download mnist`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.sources import MNIST, Source

Images = NDArray[np.uint8]


def load_data(path: Any = None) -> tuple[tuple[Images, Images], tuple[Images, Images]]:
    """(x_train, y_train), (x_test, y_test): images (60000, 28, 28) and labels (60000,), all uint8; 10000 to test.

    Raises `Problem` while the files are not on this computer.
    """
    return load_source(MNIST)


def load_source(source: Source) -> tuple[tuple[Images, Images], tuple[Images, Images]]:
    """The four arrays of a collection as Keras has them."""
    (x, y), (x_test, y_test) = source.load()
    return (x, y.astype(np.uint8)), (x_test, y_test.astype(np.uint8))
