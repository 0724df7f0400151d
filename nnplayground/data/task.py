"""What is to be learnt, and how labels become targets and outputs become answers."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.activations import Activation
from nnplayground.engine.arrays import Array, Shape
from nnplayground.text import Problem, Text

Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Task:
    """A classification into named classes, or a regression (`classes` empty) of `outputs` numbers."""

    classes: tuple[str, ...] = ()
    outputs: int = 1

    @property
    def is_classification(self) -> bool:
        return bool(self.classes)

    @property
    def units(self) -> int:
        """The usual number of output units."""
        return len(self.classes) if self.classes else self.outputs

    def fits(self, units: int) -> bool:
        """Whether an output layer of `units` can answer: one per class; two classes may also share one unit."""
        return units == self.units or (len(self.classes) == 2 and units == 1)

    def targets(self, labels: NDArray[np.generic], units: int, activation: Activation) -> Array:
        """Targets (samples, units) in float32: one-hot rows; for one unit 0/1, or -1/+1 after tanh and identity."""
        if not self.fits(units):
            raise self.misfit(units)
        if not self.is_classification:
            return np.asarray(labels, np.float32).reshape(len(labels), units)
        if units == 1:
            low = 0.0 if activation.id == "sigmoid" else -1.0
            return np.where(labels.astype(bool), 1.0, low).astype(np.float32)[:, None]
        return np.eye(units, dtype=np.float32)[labels.astype(np.int64)]

    def misfit(self, units: int) -> Problem:
        """The error for an output layer that cannot answer."""
        what = Text("{n} classes", "{n} クラス") if self.is_classification else Text("{n} values", "{n} 個の値")
        return Problem(
            Text(
                "The output layer has {units} units, but the data has {what}; give it {n} units.",
                "出力層のユニット数は {units} ですが、データは{what}です。ユニット数を {n} にしてください。",
            ).format(units=units, what=what.format(n=self.units), n=self.units)
        )

    def probabilities(self, outputs: Array, activation: Activation) -> Array:
        """Shares of the classes (samples, classes) from outputs (samples, units); a row adds to 1 after softmax.

        One unit: the sigmoid's value, or (1 + y) / 2 cut to 0..1 for outputs around -1/+1, is the share of class 1.
        """
        if outputs.shape[1] != 1 or len(self.classes) != 2:
            return outputs
        p = outputs if activation.id == "sigmoid" else np.clip((outputs + 1) / 2, 0, 1)
        return np.concatenate([1 - p, p], axis=1)


@dataclass(frozen=True, eq=False)
class Data:
    """Samples as rows, split for training and testing; arrays are not to be written to.

    Rows usually have a last column of ones (the constant input of the bias), so that a batch is one gather. Without it
    they can be an array that somebody has already.
    Labels: (samples,) class numbers, or (samples, outputs) values of a regression.
    """

    input_shape: Shape
    task: Task
    train_rows: Array
    train_labels: NDArray[np.generic]
    test_rows: Array
    test_labels: NDArray[np.generic]
    train_weights: Array | None = None
    """How much each training sample counts, (samples,); None: all the same."""
    train_points: Array | None = None
    """Where the training samples lie on the plane, (samples, 2), if they do."""
    test_points: Array | None = None
    """The same of the test samples."""
    validation_rows: Array | None = None
    """Samples held back from the training ones to choose settings by, and to end the training, if any are."""
    validation_labels: NDArray[np.generic] | None = None

    @property
    def x_train(self) -> Array:
        """Training inputs, (samples, features)."""
        return self.train_rows[:, : math.prod(self.input_shape)]

    @property
    def x_test(self) -> Array:
        """Test inputs, (samples, features)."""
        return self.test_rows[:, : math.prod(self.input_shape)]


def first_values(labels: NDArray[Any]) -> NDArray[Any]:
    """The classes of samples (n,) as they are, and of values (n, outputs) the first of each, (n,); n may be 0."""
    return labels if labels.ndim == 1 else labels[:, 0]


def hold_back(data: Data, share: float) -> Data:
    """The last `share` of the training samples held back for validation, at least one and not all, if there are two; 0: none."""
    n = len(data.train_rows)
    if not share or n < 2:
        return data
    cut = min(max(1, math.floor(n * (1 - share))), n - 1)
    weights, points = data.train_weights, data.train_points
    return replace(
        data, train_rows=data.train_rows[:cut], train_labels=data.train_labels[:cut],
        train_weights=None if weights is None else weights[:cut],
        train_points=None if points is None else points[:cut],
        validation_rows=data.train_rows[cut:], validation_labels=data.train_labels[cut:],
    )  # fmt: skip


def with_ones(x: NDArray[np.generic], dtype: type = np.float32) -> Array:
    """`x` (samples, ...) as rows (samples, features + 1) that end in a one."""
    rows: Array = np.ones((len(x), int(np.prod(x.shape[1:])) + 1), dtype)
    rows[:, :-1] = x.reshape(len(x), -1)
    rows.flags.writeable = False
    return rows


def split(
    input_shape: Shape, task: Task, x: NDArray[np.generic], labels: NDArray[np.generic], test_share: float,
    rng: np.random.Generator,
) -> Data:  # fmt: skip
    """Shuffle the samples and keep `test_share` of them, at least one on each side, for testing."""
    if len(x) < 2:
        raise Problem(
            Text(
                "The data has {n} samples; at least 2 are needed, one to train and one to test.",
                "データが {n} 件しかありません。訓練用とテスト用に少なくとも 2 件必要です。",
            ).format(n=len(x))
        )
    order = rng.permutation(len(x))
    cut = min(max(round(len(x) * test_share), 1), len(x) - 1)
    test, train = order[:cut], order[cut:]
    return Data(input_shape, task, with_ones(x[train]), labels[train], with_ones(x[test]), labels[test])
