"""What is measured beside the loss: each metric is a mean over samples. Arrays are (samples, outputs)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from nnplayground.engine.arrays import Array
from nnplayground.keras.losses import Loss
from nnplayground.keras.names import Kind
from nnplayground.text import Text

Measure = Callable[[Array, Array], Array]


class Metric:
    """A name and a function of targets and outputs, both (samples, outputs), that gives a number for each sample."""

    def __init__(self, name: str, measure: Measure) -> None:
        self.name = name
        self.measure = measure


def _binary(t: Array, y: Array, threshold: float = 0.5) -> Array:
    hits: Array = ((y > threshold) == (t > threshold)).mean(axis=1)
    return hits


def _categorical(t: Array, y: Array) -> Array:
    hits: Array = (t.argmax(axis=1) == y.argmax(axis=1)).astype(np.float32)
    return hits


def _top(k: int) -> Measure:
    def measure(t: Array, y: Array) -> Array:
        own = np.take_along_axis(y, t.argmax(axis=1)[:, None], axis=1)
        hits: Array = ((y > own).sum(axis=1) < k).astype(np.float32)
        return hits

    return measure


def _squared(t: Array, y: Array) -> Array:
    values: Array = np.square(y - t).mean(axis=1)
    return values


def _absolute(t: Array, y: Array) -> Array:
    values: Array = np.abs(y - t).mean(axis=1)
    return values


class BinaryAccuracy(Metric):
    """Share of outputs on the right side of `threshold`."""

    def __init__(self, name: str = "binary_accuracy", threshold: float = 0.5) -> None:
        super().__init__(name, lambda t, y: _binary(t, y, threshold))
        self.threshold = threshold


class CategoricalAccuracy(Metric):
    """Share of samples whose largest output is that of their class."""

    def __init__(self, name: str = "categorical_accuracy") -> None:
        super().__init__(name, _categorical)


class SparseCategoricalAccuracy(Metric):
    """The same; labels are class numbers."""

    def __init__(self, name: str = "sparse_categorical_accuracy") -> None:
        super().__init__(name, _categorical)


class TopKCategoricalAccuracy(Metric):
    """Share of samples whose class is among the `k` largest outputs."""

    def __init__(self, k: int = 5, name: str = "top_k_categorical_accuracy") -> None:
        super().__init__(name, _top(k))
        self.k = k


class SparseTopKCategoricalAccuracy(Metric):
    """The same; labels are class numbers."""

    def __init__(self, k: int = 5, name: str = "sparse_top_k_categorical_accuracy") -> None:
        super().__init__(name, _top(k))
        self.k = k


class MeanSquaredError(Metric):
    """Mean of (y - t)^2."""

    def __init__(self, name: str = "mean_squared_error") -> None:
        super().__init__(name, _squared)


class MeanAbsoluteError(Metric):
    """Mean of |y - t|."""

    def __init__(self, name: str = "mean_absolute_error") -> None:
        super().__init__(name, _absolute)


class Accuracy(Metric):
    """The accuracy that fits the outputs: of two classes for one output, else of the largest."""

    def __init__(self, name: str = "accuracy") -> None:
        super().__init__(name, lambda t, y: _binary(t, y) if y.shape[1] == 1 else _categorical(t, y))


class _AccuracyOf(Metric):
    """As `Accuracy`, but with several outputs of a binary cross-entropy each is judged by itself, as Keras does."""

    def __init__(self, name: str, loss: Loss) -> None:
        binary = loss.entry.id == "binary_crossentropy"
        super().__init__(name, lambda t, y: _binary(t, y) if binary or y.shape[1] == 1 else _categorical(t, y))


_NAMES: dict[str, Callable[[], Metric]] = {
    "accuracy": Accuracy,
    "binary_accuracy": BinaryAccuracy,
    "categorical_accuracy": CategoricalAccuracy,
    "sparse_categorical_accuracy": SparseCategoricalAccuracy,
    "top_k_categorical_accuracy": TopKCategoricalAccuracy,
    "sparse_top_k_categorical_accuracy": SparseTopKCategoricalAccuracy,
    "mean_squared_error": MeanSquaredError,
    "mean_absolute_error": MeanAbsoluteError,
    "mse": lambda: MeanSquaredError("mse"),
    "mae": lambda: MeanAbsoluteError("mae"),
}


def get(identifier: object, loss: Loss) -> Metric:
    """The metric meant by a name or an object; "accuracy" is the one that goes with `loss`."""
    if identifier in ("accuracy", "acc"):
        return _AccuracyOf(str(identifier), loss)
    return _KIND.get(identifier)


_KIND: Kind[Metric] = Kind(Text("metric", "評価指標"), "metrics", Metric, _NAMES, {}, lambda metric: metric)
