"""How good answers are. Outputs are (samples, outputs), as `predict` gives them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnplayground.engine.arrays import Array


def accuracy(shares: Array, labels: ArrayLike) -> float:
    """Share of the samples whose largest output is that of their class; `labels` (samples,) are class numbers."""
    return float(np.mean(shares.argmax(axis=1) == labels))


def top_k_accuracy(shares: Array, labels: ArrayLike, k: int) -> float:
    """Share of the samples whose class is among the `k` largest outputs; of equal outputs the first counts as larger."""
    numbers = np.asarray(labels)[:, None]
    own = np.take_along_axis(shares, numbers, axis=1)
    earlier = np.arange(shares.shape[1]) < numbers
    above = (shares > own) | ((shares == own) & earlier)
    return float(np.mean(above.sum(axis=1) < k))


def confusion_matrix(shares: Array, labels: ArrayLike, classes: int) -> NDArray[np.int64]:
    """How often class i (row) was taken for class j (column), (classes, classes)."""
    pairs = np.asarray(labels, np.int64) * classes + shares.argmax(axis=1)
    return np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)


def r_squared(outputs: Array, targets: Array) -> float:
    """1 - squared error / variance of the targets, over all outputs; 1 is perfect, 0 no better than the mean.

    nan if all targets of each output are equal. `targets` have the shape of `outputs`, or `ValueError` says so.
    """
    if outputs.shape != targets.shape:
        raise ValueError(f"outputs have the shape {outputs.shape}, but targets {targets.shape}")
    if not np.ptp(targets, axis=0).any():
        return float("nan")
    spread = float(np.sum(np.square(targets - targets.mean(axis=0))))
    return 1 - float(np.sum(np.square(outputs - targets))) / spread
