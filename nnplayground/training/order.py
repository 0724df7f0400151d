"""The order in which the samples are seen."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray


class Order:
    """Which of `samples` samples come next: in each epoch every one once, shuffled anew or as they come.

    Its random numbers are its own: networks that draw more or fewer others see the same batches.
    """

    def __init__(self, samples: int, seed: int) -> None:
        self.rng = np.random.default_rng((seed, 1))
        self.shuffles = True
        self.epoch = 0
        self.position = 0
        """Samples of this epoch that have been seen."""
        self.places = np.arange(samples)
        """All samples as they come in this epoch."""
        self.start(samples)

    @property
    def left(self) -> int:
        """Samples that this epoch still has."""
        return len(self.places) - self.position

    def start(self, samples: int) -> None:
        """Begin this epoch from its first sample, in a new order of `samples` samples."""
        self.position = 0
        self.places = self.rng.permutation(samples) if self.shuffles else np.arange(samples)

    def next(self, count: int) -> NDArray[np.intp]:
        """The next `count` samples, where need be from several epochs; goes on to what comes after them."""
        parts = list(self._parts(count))
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def _parts(self, count: int) -> Iterator[NDArray[np.intp]]:
        while count:
            part = self.places[self.position : self.position + count]
            count -= len(part)
            self.position += len(part)
            if not self.left:
                self.epoch += 1
                self.start(len(self.places))
            yield part
