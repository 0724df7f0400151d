"""Loss functions. Arrays are (samples, outputs) here, as in Keras."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nnplayground.engine.activations import Activation
from nnplayground.engine.arrays import Array, Shape
from nnplayground.engine.losses import Loss as Entry
from nnplayground.engine.losses import losses as registry
from nnplayground.keras import activations
from nnplayground.keras.arrays import numbers
from nnplayground.keras.names import Kind, code_of, custom_code, entry_of
from nnplayground.keras.problems import InputWarning, not_offered, number, refuse, require
from nnplayground.text import Text

MEAN = "sum_over_batch_size"
EPSILON = 1e-7
"""Called by itself, a loss takes no probability for nearer to 0 or 1 than this, as in Keras."""


class Loss:
    """A loss of the engine, and how its labels come: class numbers if `sparse`, sums before the activation if `from_logits`."""

    id: str
    """The name that means it."""
    sparse = False
    heads: tuple[str, ...] = ()
    """Output activations whose values are probabilities, which the loss needs, the usual one first; (): any will do."""

    def __init__(
        self, entry: Entry, name: str, reduction: str | None = MEAN, dtype: str | None = None, *,
        from_logits: bool = False, label_smoothing: Any = 0.0, delta: float = 1.0,
    ) -> None:  # fmt: skip
        owner = type(self).__name__
        require(owner, dtype=(dtype or "float32", "float32"))
        if reduction not in (MEAN, "sum", "none", None):
            raise not_offered(owner, "reduction", reduction, f'"{MEAN}"')
        if not isinstance(label_smoothing, Real) or not 0 <= float(label_smoothing) < 1:
            raise refuse(
                "{owner}: label_smoothing is {given!r}; give a number from 0 to less than 1.",
                "{owner}: label_smoothing が {given!r} です。0 以上 1 未満の数を指定してください。",
                owner=owner, given=label_smoothing,
            )  # fmt: skip
        self.entry = entry
        self.name = name
        self.reduction = reduction
        self.from_logits = from_logits
        self.label_smoothing = float(label_smoothing)
        self.arguments: dict[str, Any] = {}
        if from_logits:
            self.arguments["from_logits"] = True
        if label_smoothing:
            self.arguments["label_smoothing"] = self.label_smoothing
        if delta != 1.0:
            self.arguments["delta"] = delta

    def __call__(self, y_true: ArrayLike, y_pred: ArrayLike, sample_weight: ArrayLike | None = None) -> Any:
        """The mean loss of outputs `y_pred` (samples, outputs) for labels `y_true`; see `reduction` for its sum, or all of it."""
        values = self.call(y_true, y_pred)
        if sample_weight is not None:
            weights = numbers(sample_weight, "sample_weight", axes=0)
            single = not weights.ndim or not values.ndim  # one weight for all samples, or one sample
            values = values * (weights if single else _shaped(weights, values.shape, "sample_weight"))
        if self.reduction in ("none", None):
            return values
        return float(values.sum() if self.reduction == "sum" else values.mean())

    def call(self, y_true: ArrayLike, y_pred: ArrayLike) -> Array:
        """The loss of every sample, in the shape of `y_pred` without its last axis."""
        y: Array = numbers(y_pred, "y_pred").astype(np.float64)
        if not y.size:
            raise refuse(
                "A loss needs at least one number in y_pred.", "損失の計算には y_pred に 1 個以上の数が必要です。"
            )
        t = numbers(y_true, "y_true", axes=0).astype(np.float64)
        if self.sparse:
            t = _one_hot(_shaped(t, y.shape[:-1], "y_true"), y.shape[-1])
        elif t.shape == (*y.shape, 1):
            y = y[..., None]
        t, shape = _shaped(t, y.shape, "y_true"), (-1, y.shape[-1])
        with np.errstate(all="ignore"):
            return self.each(self.smoothed(t.reshape(shape)), y.reshape(shape)).reshape(y.shape[:-1])

    def each(self, t: Array, y: Array) -> Array:
        """The loss of every sample, (samples,), for targets and outputs (samples, outputs)."""
        return self.entry.each(y.T, t.T)

    def advise(self, activation: Activation, stacklevel: int) -> None:
        """Warn if the output activation gives no probabilities: training then runs off to where it finds no end."""
        if not self.heads or self.from_logits or activation.id in self.heads:
            return
        text = Text(
            'loss="{loss}" needs probabilities, which the activation "{activation}" of the last layer does not give: write '
            'activation="{head}" there, or no activation and loss=losses.{kind}(from_logits=True).',
            'loss="{loss}" には確率の出力が必要ですが、最後の層の活性化関数 "{activation}" の出力は確率になりません。'
            'activation="{head}" とするか、活性化関数を省いて loss=losses.{kind}(from_logits=True) としてください。',
        ).format(
            activation=activations.of(activation).__name__, loss=self.id, head=self.heads[0], kind=type(self).__name__
        )
        warnings.warn(InputWarning(text), stacklevel=stacklevel + 1)

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
        return code_of(f"losses.{type(self).__name__}", self.arguments) if self.arguments else f'"{self.id}"'


def _entry(id: str, **options: Any) -> Entry:
    return entry_of(registry, id, options)


def _shaped(array: Any, shape: Shape, name: str) -> Any:
    """`array` in `shape`, from which a last axis of length 1 may be missing, or which it may have besides."""
    if array.shape not in (shape, (*shape, 1)) and (*array.shape, 1) != shape:
        raise refuse(
            "{name} has the shape {given}, but the one that goes with y_pred is {shape}.",
            "{name} の形は {given} ですが、y_pred に合う形は {shape} です。",
            name=name, given=array.shape, shape=shape,
        )  # fmt: skip
    return array.reshape(shape)


def _one_hot(labels: Any, classes: int) -> Array:
    with np.errstate(invalid="ignore"):
        whole = np.clip(labels, 0, classes - 1).astype(np.int64)
    if not np.array_equal(whole, labels):
        raise refuse(
            "y_true must hold class numbers, which go from 0 to {last} for y_pred.",
            "y_true にはクラス番号を渡してください。y_pred に合うのは 0 から {last} までの整数です。",
            last=classes - 1,
        )  # fmt: skip
    one_hot: Array = np.eye(classes)[whole]
    return one_hot


class MeanSquaredError(Loss):
    """Mean of (y - t)^2."""

    id = "mean_squared_error"

    def __init__(
        self, reduction: str | None = MEAN, name: str = "mean_squared_error", dtype: str | None = None
    ) -> None:  # fmt: skip
        super().__init__(_entry(self.id), name, reduction, dtype)


class MeanAbsoluteError(Loss):
    """Mean of |y - t|."""

    id = "mean_absolute_error"

    def __init__(
        self, reduction: str | None = MEAN, name: str = "mean_absolute_error", dtype: str | None = None
    ) -> None:  # fmt: skip
        super().__init__(_entry(self.id), name, reduction, dtype)


class Huber(Loss):
    """Squared below `delta`, linear beyond."""

    id = "huber"

    def __init__(
        self, delta: float = 1.0, reduction: str | None = MEAN, name: str = "huber_loss", dtype: str | None = None
    ) -> None:
        delta = number("Huber", "delta", delta)
        super().__init__(_entry(self.id, delta=delta), name, reduction, dtype, delta=delta)


class Hinge(Loss):
    """Mean of max(0, 1 - t y); labels 0 count as -1."""

    id = "hinge"

    def __init__(self, reduction: str | None = MEAN, name: str = "hinge", dtype: str | None = None) -> None:
        super().__init__(_entry(self.id), name, reduction, dtype)


class BinaryCrossentropy(Loss):
    """For labels 0 and 1 of each output by itself."""

    id = "binary_crossentropy"
    heads = ("sigmoid", "hard_sigmoid", "softmax")

    def __init__(
        self, from_logits: bool = False, label_smoothing: float = 0.0, axis: int = -1, reduction: str | None = MEAN,
        name: str = "binary_crossentropy", dtype: str | None = None,
    ) -> None:  # fmt: skip
        require("BinaryCrossentropy", axis=(axis, -1))
        entry = _entry("binary_crossentropy")
        super().__init__(entry, name, reduction, dtype, from_logits=from_logits, label_smoothing=label_smoothing)

    def each(self, t: Array, y: Array) -> Array:
        if self.from_logits:
            return self.entry.fused_each(y.T, t.T)
        return super().each(t, np.clip(y, EPSILON, 1 - EPSILON))


class CategoricalCrossentropy(Loss):
    """For one-hot labels."""

    id = "categorical_crossentropy"
    heads = ("softmax",)

    def __init__(
        self, from_logits: bool = False, label_smoothing: float = 0.0, axis: int = -1, reduction: str | None = MEAN,
        name: str = "categorical_crossentropy", dtype: str | None = None,
    ) -> None:  # fmt: skip
        require("CategoricalCrossentropy", axis=(axis, -1))
        entry = _entry("categorical_crossentropy")
        super().__init__(entry, name, reduction, dtype, from_logits=from_logits, label_smoothing=label_smoothing)

    def each(self, t: Array, y: Array) -> Array:
        if self.from_logits:
            shifted = y - y.max(axis=1, keepdims=True)
            logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        else:
            logs = np.log(np.clip(y / y.sum(axis=1, keepdims=True), EPSILON, 1 - EPSILON))
        values: Array = -(t * logs).sum(axis=1)
        return values


class SparseCategoricalCrossentropy(CategoricalCrossentropy):
    """For labels that are class numbers."""

    id = "sparse_categorical_crossentropy"
    sparse = True

    def __init__(
        self, from_logits: bool = False, ignore_class: None = None, reduction: str | None = MEAN, axis: int = -1,
        name: str = "sparse_categorical_crossentropy", dtype: str | None = None,
    ) -> None:  # fmt: skip
        require("SparseCategoricalCrossentropy", ignore_class=(ignore_class, None))
        super().__init__(from_logits=from_logits, axis=axis, reduction=reduction, name=name, dtype=dtype)


def mean_squared_error(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """The loss of every sample, (samples,), as all functions of this module give it."""
    return MeanSquaredError().call(y_true, y_pred)


def mean_absolute_error(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """The loss of every sample, (samples,)."""
    return MeanAbsoluteError().call(y_true, y_pred)


def huber(y_true: ArrayLike, y_pred: ArrayLike, delta: float = 1.0) -> Array:
    """The loss of every sample, (samples,)."""
    return Huber(delta).call(y_true, y_pred)


def hinge(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """The loss of every sample, (samples,)."""
    return Hinge().call(y_true, y_pred)


def binary_crossentropy(
    y_true: ArrayLike, y_pred: ArrayLike, from_logits: bool = False, label_smoothing: float = 0.0, axis: int = -1
) -> Array:
    """The loss of every sample, (samples,)."""
    return BinaryCrossentropy(from_logits, label_smoothing, axis).call(y_true, y_pred)


def categorical_crossentropy(
    y_true: ArrayLike, y_pred: ArrayLike, from_logits: bool = False, label_smoothing: float = 0.0, axis: int = -1
) -> Array:
    """The loss of every sample, (samples,)."""
    return CategoricalCrossentropy(from_logits, label_smoothing, axis).call(y_true, y_pred)


def sparse_categorical_crossentropy(
    y_true: ArrayLike, y_pred: ArrayLike, from_logits: bool = False, ignore_class: None = None, axis: int = -1
) -> Array:
    """The loss of every sample, (samples,)."""
    return SparseCategoricalCrossentropy(from_logits, ignore_class, axis=axis).call(y_true, y_pred)


_FUNCTIONS = (
    mean_squared_error, mean_absolute_error, huber, hinge, binary_crossentropy, categorical_crossentropy,
    sparse_categorical_crossentropy,
)  # fmt: skip
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


def get(identifier: object) -> Loss:
    """The loss that `compile` is to take, meant by a name, or by a function, a class or an object of this module."""
    loss = _KIND.get(next((function.__name__ for function in _FUNCTIONS if function is identifier), identifier))
    require(type(loss).__name__, reduction=(loss.reduction, MEAN))
    return loss
