"""What the datasets of 28x28 images have in common."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.sources import Source
from nnplayground.data.task import Data, Task, with_ones

SHAPE = (1, 28, 28)
DIGITS = Task(tuple("0123456789"))


def rows(images: NDArray[np.uint8]) -> NDArray[Any]:
    """Images of bytes as rows of numbers in 0..1 that end in a one; not to be written to."""
    scaled = with_ones(images)
    scaled.flags.writeable = True
    scaled[:, :-1] /= 255
    scaled.flags.writeable = False
    return scaled


def fetched(source: Source, task: Task, samples: int) -> Data:
    """The first `samples` training images of `source` and all of its test images."""
    (x, y), (x_test, y_test) = source.load()
    return Data(SHAPE, task, rows(x[:samples]), y[:samples], rows(x_test), y_test)
