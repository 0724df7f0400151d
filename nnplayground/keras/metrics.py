"""What is measured beside the loss: each metric is a mean over samples. Arrays are (samples, outputs)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from nnplayground.engine.arrays import Array
from nnplayground.keras.names import Kind
from nnplayground.keras.problems import number, require, whole
from nnplayground.text import Text

Measure = Callable[[Array, Array], Array]


class Metric:
    """A name and a function of targets and outputs, both (samples, outputs), that gives a number for each sample."""

    def __init__(self, name: str, measure: Measure, dtype: str | None = None) -> None:
        require(type(self).__name__, dtype=(dtype or "float32", "float32"))
        self.name = name
        self.measure = measure


def _binary(t: Array, y: Array, threshold: float = 0.5) -> Array:
    hits: Array = ((y > threshold) == t).mean(axis=1)
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


def _exact(t: Array, y: Array) -> Array:
    hits: Array = (t == y).mean(axis=1)
    return hits


def _sign(t: Array, y: Array) -> Array:
    hits: Array = ((t > 0) == (y > 0)).mean(axis=1)
    return hits


class BinaryAccuracy(Metric):
    """Share of outputs that are above `threshold` where the label is 1, and not where it is 0."""

    def __init__(self, name: str = "binary_accuracy", dtype: str | None = None, threshold: float = 0.5) -> None:
        self.threshold = number("BinaryAccuracy", "threshold", threshold)
        super().__init__(name, lambda t, y: _binary(t, y, self.threshold), dtype)


class CategoricalAccuracy(Metric):
    """Share of samples whose largest output is that of their class."""

    def __init__(self, name: str = "categorical_accuracy", dtype: str | None = None) -> None:
        super().__init__(name, _categorical, dtype)


class SparseCategoricalAccuracy(Metric):
    """The same; labels are class numbers."""

    def __init__(self, name: str = "sparse_categorical_accuracy", dtype: str | None = None) -> None:
        super().__init__(name, _categorical, dtype)


class TopKCategoricalAccuracy(Metric):
    """Share of samples whose class is among the `k` largest outputs."""

    def __init__(self, k: int = 5, name: str = "top_k_categorical_accuracy", dtype: str | None = None) -> None:
        self.k = whole("TopKCategoricalAccuracy", "k", k, 1)
        super().__init__(name, _top(self.k), dtype)


class SparseTopKCategoricalAccuracy(Metric):
    """The same; labels are class numbers."""

    def __init__(self, k: int = 5, name: str = "sparse_top_k_categorical_accuracy", dtype: str | None = None) -> None:
        self.k = whole("SparseTopKCategoricalAccuracy", "k", k, 1)
        super().__init__(name, _top(self.k), dtype)


class MeanSquaredError(Metric):
    """Mean of (y - t)^2."""

    def __init__(self, name: str = "mean_squared_error", dtype: str | None = None) -> None:
        super().__init__(name, _squared, dtype)


class MeanAbsoluteError(Metric):
    """Mean of |y - t|."""

    def __init__(self, name: str = "mean_absolute_error", dtype: str | None = None) -> None:
        super().__init__(name, _absolute, dtype)


class Accuracy(Metric):
    """Share of outputs that are equal to their labels. The name "accuracy" means the one that fits the outputs instead."""

    def __init__(self, name: str = "accuracy", dtype: str | None = None) -> None:
        super().__init__(name, _exact, dtype)


class SignAccuracy(Metric):
    """Not in Keras: share of outputs that have the sign of their labels, which are -1 and +1."""

    def __init__(self, name: str = "sign_accuracy", dtype: str | None = None) -> None:
        super().__init__(name, _sign, dtype)


def _fitting(name: str) -> Metric:
    """The accuracy that fits the outputs: of two classes for one output, else of the largest."""
    return Metric(name, lambda t, y: _binary(t, y) if y.shape[1] == 1 else _categorical(t, y))


_CLASSES = (
    BinaryAccuracy, CategoricalAccuracy, SparseCategoricalAccuracy, TopKCategoricalAccuracy,
    SparseTopKCategoricalAccuracy, MeanSquaredError, MeanAbsoluteError,
)  # fmt: skip
_NAMES: dict[str, Callable[[], Metric]] = {
    "accuracy": lambda: _fitting("accuracy"),
    "acc": lambda: _fitting("acc"),
    "binary_accuracy": BinaryAccuracy,
    "categorical_accuracy": CategoricalAccuracy,
    "sparse_categorical_accuracy": SparseCategoricalAccuracy,
    "top_k_categorical_accuracy": TopKCategoricalAccuracy,
    "sparse_top_k_categorical_accuracy": SparseTopKCategoricalAccuracy,
    "mean_squared_error": MeanSquaredError,
    "mean_absolute_error": MeanAbsoluteError,
    "sign_accuracy": SignAccuracy,
    "mse": lambda: MeanSquaredError("mse"),
    "mae": lambda: MeanAbsoluteError("mae"),
    **{kind.__name__: kind for kind in _CLASSES},
}


_KIND: Kind[Metric] = Kind(Text("metric", "評価指標"), "metrics", Metric, _NAMES, {}, lambda metric: metric)
get = _KIND.get
