"""Loss functions. Arrays are (samples, outputs) here, as in Keras."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nnplayground.engine.arrays import Array
from nnplayground.engine.losses import Loss as Entry
from nnplayground.engine.losses import losses as registry
from nnplayground.keras.activations import sigmoid, softmax
from nnplayground.keras.names import Kind, code_of, custom_code, entry_of
from nnplayground.keras.problems import require
from nnplayground.text import Text


class Loss:
    """A loss of the engine, and how its labels come: class numbers if `sparse`, sums before the activation if `from_logits`."""

    sparse = False

    def __init__(
        self, entry: Entry, name: str, *, from_logits: bool = False, label_smoothing: float = 0.0, delta: float = 1.0
    ) -> None:
        self.entry = entry
        self.name = name
        self.from_logits = from_logits
        self.label_smoothing = label_smoothing
        self.arguments: dict[str, Any] = {}
        if from_logits:
            self.arguments["from_logits"] = True
        if label_smoothing:
            self.arguments["label_smoothing"] = label_smoothing
        if delta != 1.0:
            self.arguments["delta"] = delta

    def __call__(self, y_true: ArrayLike, y_pred: ArrayLike) -> float:
        """The mean loss of outputs `y_pred` (samples, outputs) for labels `y_true`."""
        y: Array = np.atleast_2d(np.asarray(y_pred, np.float64))
        labels = np.asarray(y_true)
        t: Array = (
            np.eye(y.shape[-1])[labels.astype(np.int64).ravel()] if self.sparse else labels.reshape(y.shape) * 1.0
        )
        if self.from_logits:
            y = self.head(y)
        return self.entry.value(y.T, self.smoothed(t).T)

    def head(self, sums: Array) -> Array:
        """What the outputs are turned into when they are logits."""
        return sums

    def smoothed(self, targets: Array) -> Array:
        """Targets (samples, outputs), softened by `label_smoothing`."""
        if not self.label_smoothing:
            return targets
        softened: Array = targets * (1 - self.label_smoothing) + self._floor(targets)
        return softened

    def given(self, smoothed: Array) -> Array:
        """The targets that `smoothed` are made of, cleared of what rounding leaves, so that 0 and 1 are 0 and 1."""
        if not self.label_smoothing:
            return smoothed
        labels: Array = np.round((smoothed - self._floor(smoothed)) / (1 - self.label_smoothing), 5)
        return labels

    def _floor(self, targets: Array) -> float:
        """What smoothing makes of a target of 0."""
        # Each output of a binary cross-entropy is a choice of two by itself, however many there are.
        return self.label_smoothing / (2 if self.entry.id == "binary_crossentropy" else targets.shape[-1])

    def code(self) -> str:
        """How `compile` names it."""
        if type(self) is Loss:
            return custom_code("losses", self.entry)
        return code_of(f"losses.{type(self).__name__}", self.arguments) if self.arguments else f'"{self.name}"'


def _entry(id: str, **options: Any) -> Entry:
    return entry_of(registry, id, options)


class MeanSquaredError(Loss):
    """Mean of (y - t)^2."""

    def __init__(self) -> None:
        super().__init__(_entry("mean_squared_error"), "mean_squared_error")


class MeanAbsoluteError(Loss):
    """Mean of |y - t|."""

    def __init__(self) -> None:
        super().__init__(_entry("mean_absolute_error"), "mean_absolute_error")


class Huber(Loss):
    """Squared below `delta`, linear beyond."""

    def __init__(self, delta: float = 1.0) -> None:
        super().__init__(_entry("huber", delta=delta), "huber", delta=delta)


class Hinge(Loss):
    """Mean of max(0, 1 - t y); labels 0 count as -1."""

    def __init__(self) -> None:
        super().__init__(_entry("hinge"), "hinge")


class BinaryCrossentropy(Loss):
    """For labels 0 and 1 of each output by itself."""

    def __init__(self, from_logits: bool = False, label_smoothing: float = 0.0, axis: int = -1) -> None:
        require("BinaryCrossentropy", axis=(axis, -1))
        entry = _entry("binary_crossentropy")
        super().__init__(entry, "binary_crossentropy", from_logits=from_logits, label_smoothing=label_smoothing)

    def head(self, sums: Array) -> Array:
        return sigmoid(sums)


class CategoricalCrossentropy(Loss):
    """For one-hot labels."""

    def __init__(self, from_logits: bool = False, label_smoothing: float = 0.0, axis: int = -1) -> None:
        require("CategoricalCrossentropy", axis=(axis, -1))
        entry = _entry("categorical_crossentropy")
        super().__init__(entry, "categorical_crossentropy", from_logits=from_logits, label_smoothing=label_smoothing)

    def head(self, sums: Array) -> Array:
        return softmax(sums)


class SparseCategoricalCrossentropy(CategoricalCrossentropy):
    """For labels that are class numbers."""

    sparse = True

    def __init__(self, from_logits: bool = False, ignore_class: None = None, axis: int = -1) -> None:
        require("SparseCategoricalCrossentropy", ignore_class=(ignore_class, None))
        super().__init__(from_logits=from_logits, axis=axis)
        self.name = "sparse_categorical_crossentropy"


_CLASSES = (
    MeanSquaredError, MeanAbsoluteError, Huber, Hinge, BinaryCrossentropy, CategoricalCrossentropy,
    SparseCategoricalCrossentropy,
)  # fmt: skip


def custom(id: str, **options: Any) -> Loss:
    """Not in Keras: any loss of this program by its own id, with its options."""
    return Loss(_entry(id, **options), id)


def of(entry: Entry) -> Loss:
    """The loss of Keras that is `entry`, or a custom one."""
    if entry.id == "huber":
        return Huber(delta=entry.delta)  # type: ignore[attr-defined]
    return _NAMES[entry.id]() if entry.id in _NAMES else Loss(entry, entry.id)


_NAMES: dict[str, Callable[[], Loss]] = {
    "categorical_crossentropy": CategoricalCrossentropy,
    "sparse_categorical_crossentropy": SparseCategoricalCrossentropy,
    "binary_crossentropy": BinaryCrossentropy,
    "bce": BinaryCrossentropy,
    "mean_squared_error": MeanSquaredError,
    "mse": MeanSquaredError,
    "mean_absolute_error": MeanAbsoluteError,
    "mae": MeanAbsoluteError,
    "huber": Huber,
    "hinge": Hinge,
    **{kind.__name__: kind for kind in _CLASSES},
}
_KIND = Kind(Text("loss", "損失関数"), "losses", Loss, _NAMES, registry, of)
get = _KIND.get
