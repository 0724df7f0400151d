"""What is fed in: checked, with what to write instead where it does not fit, and turned for the engine."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np

from nnplayground.engine.arrays import Array, Shape
from nnplayground.keras.arrays import numbers
from nnplayground.keras.building import Built
from nnplayground.keras.layers.base import engine_shape, keras_shape
from nnplayground.keras.losses import CategoricalCrossentropy, Loss
from nnplayground.keras.problems import InputProblem, refuse


def inner(x: Any, input_shape: Shape | None) -> Any:
    """The array in a list of one array, as Keras takes the inputs of a model, unless that is one sample."""
    if not isinstance(x, (tuple, list)) or len(x) != 1 or not isinstance(x[0], np.ndarray):
        return x
    is_sample = x[0].ndim == 1 if input_shape is None else _fits(x[0].shape, keras_shape(input_shape))
    return x if is_sample else x[0]


def shape_of_samples(x: Any) -> Shape:
    """The engine's input shape for a model that is told nothing else than its data."""
    array = numbers(inner(x, None), "x")
    return engine_shape(array.shape[1:] or (1,), "x")


def rows(x: Any, input_shape: Shape, name: str = "x") -> Array:
    """Samples as rows (samples, features), the features in the engine's order; raises `InputProblem`."""
    array = numbers(inner(x, input_shape), name)
    wanted = keras_shape(input_shape)
    if array.ndim == 1 and wanted == (1,):
        array = array[:, None]
    if not _fits(array.shape[1:], wanted):
        raise _misfit(array.shape, wanted, name, name if isinstance(x, np.ndarray) else f"np.array({name})")
    if len(wanted) == 3 and wanted[2] > 1:
        array = array.transpose(0, 3, 1, 2)
    found: Array = array.reshape(len(array), math.prod(input_shape))
    return found


def _fits(shape: Shape, wanted: Shape) -> bool:
    """Whether shapes of a sample are the same, but for the axis of an image's one channel."""
    either = {len(shape), len(wanted)} == {2, 3}
    return shape == wanted or (either and (*shape, 1)[:3] == (*wanted, 1)[:3])


def _misfit(shape: Shape, wanted: Shape, name: str, array: str) -> InputProblem:
    channels_first = len(wanted) == 3 and wanted[2] > 1 and shape[-3:] == (wanted[2], *wanted[:2])
    if channels_first and len(shape) in (3, 4):
        return refuse(
            "{name} has its channels first, but the model takes (height, width, channels): write {name} = {array}.{turned}.",
            "{name} はチャネルが先頭の並びですが、モデルの入力は（高さ、幅、チャネル）です。{name} = {array}.{turned} と書いてください。",
            name=name, array=array, turned="transpose(0, 2, 3, 1)" if len(shape) == 4 else "transpose(1, 2, 0)[None]",
        )  # fmt: skip
    if _fits(shape, wanted):
        return refuse(
            "{name} is one sample without a batch: write {array}[None].",
            "{name} はバッチの軸がない 1 件のデータです。{array}[None] と書いてください。",
            name=name, array=array,
        )  # fmt: skip
    if len(wanted) == 1 and len(shape) > 2 and math.prod(shape[1:]) == wanted[0]:
        return refuse(
            "{name} holds samples of {given}, but the first layer takes {n} numbers: "
            "write {name} = {array}.reshape(len({name}), {n}), or begin the model with Input(shape={shape}) and Flatten().",
            "{name} のデータの形は {given} ですが、最初の層の入力は {n} 個の数です。"
            "{name} = {array}.reshape(len({name}), {n}) とするか、モデルを Input(shape={shape}) と Flatten() で始めてください。",
            name=name, array=array, given="×".join(map(str, shape[1:])), n=wanted[0], shape=shape[1:],
        )  # fmt: skip
    if len(wanted) == 3 and math.prod(shape[1:]) == math.prod(wanted):
        return refuse(
            "{name} has the shape {shape}, but the model takes images: write {name} = {array}.reshape({wanted}).",
            "{name} の形は {shape} ですが、モデルの入力は画像です。{name} = {array}.reshape({wanted}) と書いてください。",
            name=name, array=array, shape=shape, wanted=(-1, *wanted),
        )  # fmt: skip
    if math.prod(shape) == math.prod(wanted):
        return refuse(
            "{name} is one sample of the shape {shape}: write {array}.reshape({wanted}).",
            "{name} は形が {shape} の 1 件のデータです。{array}.reshape({wanted}) と書いてください。",
            name=name, array=array, shape=shape, wanted=(1, *wanted),
        )  # fmt: skip
    return refuse(
        "{name} has the shape {shape}, but the model takes {wanted}.",
        "{name} の形は {shape} ですが、モデルの入力は {wanted} です。",
        name=name, shape=shape, wanted=("samples", *wanted),
    )  # fmt: skip


def _as_many(n: int, given: int, name: str) -> None:
    if given != n:
        raise refuse(
            "x has {x} samples, but {name} has {y}; they must be as many.",
            "x は {x} 件、{name} は {y} 件です。同じ件数にしてください。", x=n, name=name, y=given,
        )  # fmt: skip


def unusable(**arrays: Array) -> InputProblem | None:
    """The error that names the first sample (a row) which is not finite, if there is one."""
    for name, array in arrays.items():
        where = np.flatnonzero(~np.isfinite(array).all(axis=1))
        if len(where):
            return refuse(
                "{name}[{i}] holds nan or infinity, from which nothing can be learnt: leave such samples out, or write "
                "{name} = np.nan_to_num({name}).",
                "{name}[{i}] に nan か無限大があり、学習できません。そのデータを除くか、"
                "{name} = np.nan_to_num({name}) と書いてください。",
                name=name, i=where[0],
            )  # fmt: skip
    return None


def targets(y: Any, loss: Loss, built: Built, samples: int, name: str = "y") -> Array:
    """Targets (samples, units) in float32 for labels as `loss` takes them; raises `InputProblem`."""
    array, units = numbers(y, name), built.units
    _as_many(samples, len(array), name)
    if units == 1 and isinstance(loss, CategoricalCrossentropy):
        raise refuse(
            "Categorical cross-entropy needs one output unit for each class; for a single unit use the activation "
            '"sigmoid" and loss="binary_crossentropy".',
            "categorical_crossentropy ではクラスの数だけ出力ユニットが必要です。ユニットが 1 個なら、活性化関数を "
            '"sigmoid"、損失を loss="binary_crossentropy" にしてください。',
        )
    wanted = built.answer_shape
    if len(wanted) > 1 and loss.entry.id == "categorical_crossentropy":
        raise refuse(
            "The model gives images {shape}, but categorical cross-entropy needs one unit for each class: put Flatten() and "
            'Dense(10, activation="softmax") behind it, with the number of your classes.',
            "モデルの出力は画像 {shape} ですが、categorical_crossentropy ではクラスの数だけ出力ユニットが必要です。後ろに Flatten() と "
            'Dense(10, activation="softmax") を加えてください（10 はクラスの数）。',
            shape=wanted,
        )  # fmt: skip
    if loss.sparse:
        return built.asked(_from_numbers(array, units, name))
    if array.ndim == 1 or (array.shape[1:] == (1,) != (units,)):
        array = array.reshape(len(array), -1)
    if not _fits(array.shape[1:], wanted):
        raise _wrong_targets(array, loss, wanted, name)
    if isinstance(loss, CategoricalCrossentropy):
        _check_sums(array, name)
    return loss.smoothed(np.ascontiguousarray(built.asked(array), np.float32)).astype(np.float32, copy=False)


def _check_sums(array: Any, name: str) -> None:
    """Raise `InputProblem` unless every row adds to 1, which the formula of softmax and cross-entropy together relies on."""
    sums = array @ np.ones(array.shape[1], np.float32)
    wrong = ~(np.abs(sums - 1) <= 1e-3)
    if wrong.any():
        first = int(wrong.argmax())
        raise refuse(
            "{name}[{first}] adds to {sum:g}, but labels of a categorical cross-entropy must add to 1: write one-hot rows, "
            'or, for several labels at once, activation="sigmoid" in the last layer and loss="binary_crossentropy".',
            "{name}[{first}] の合計が {sum:g} です。categorical_crossentropy のラベルは合計 1 の one-hot の行にしてください。"
            '複数のラベルを同時に付けるなら、最後の層を activation="sigmoid"、損失を loss="binary_crossentropy" にします。',
            name=name, first=first, sum=float(sums[first]),
        )  # fmt: skip


def _from_numbers(array: Any, units: int, name: str) -> Array:
    if array.ndim == 2 and array.shape[1] == units > 1:
        raise refuse(
            '{name} is one-hot already: write loss="categorical_crossentropy", or {name} = {name}.argmax(axis=1).',
            '{name} はすでに one-hot です。loss="categorical_crossentropy" にするか、{name} = {name}.argmax(axis=1) としてください。',
            name=name,
        )  # fmt: skip
    flat = array.reshape(len(array), -1)
    if (problem := unusable(**{name: flat})) is not None:
        raise problem
    labels = flat[:, 0].astype(np.int64)
    if flat.shape[1] != 1 or not np.array_equal(labels, flat[:, 0]):
        raise refuse(
            "{name} must hold one class number 0, 1, 2, ... for each sample, not the shape {shape} of {dtype}.",
            "{name} にはデータ 1 件につきクラス番号 0, 1, 2, … を 1 つ渡してください（形 {shape}、型 {dtype} は使えません）。",
            name=name, shape=array.shape, dtype=array.dtype,
        )  # fmt: skip
    if labels.size and not 0 <= labels.min() <= labels.max() < units:
        raise refuse(
            "{name} has labels from {low} to {high}, but the last layer has {units} units, for 0 to {last}.",
            "{name} のラベルは {low} から {high} までですが、最後の層のユニット数は {units}（0 から {last} まで）です。",
            name=name, low=labels.min(), high=labels.max(), units=units, last=units - 1,
        )  # fmt: skip
    one_hot: Array = np.eye(units, dtype=np.float32)[labels]
    return one_hot


def _wrong_targets(array: Any, loss: Loss, wanted: Shape, name: str) -> InputProblem:
    units = wanted[0]
    if len(wanted) > 1:
        return refuse(
            "{name} has the shape {shape}, but the model gives images: make it {wanted}.",
            "{name} の形は {shape} ですが、モデルの出力は画像です。{wanted} にしてください。",
            name=name, shape=array.shape, wanted=("samples", *wanted),
        )  # fmt: skip
    if math.prod(array.shape[1:]) == units:
        return refuse(
            "{name} has the shape {shape}, but the model gives {units} numbers for each sample: write "
            "{name} = {name}.reshape(len({name}), {units}), or put Reshape({image}) at the end of the model.",
            "{name} の形は {shape} ですが、モデルの出力はデータ 1 件につき {units} 個の数です。"
            "{name} = {name}.reshape(len({name}), {units}) とするか、モデルの最後に Reshape({image}) を加えてください。",
            name=name, shape=array.shape, units=units, image=array.shape[1:],
        )  # fmt: skip
    classes = array.shape[1:] == (1,) and np.array_equal(array, np.floor(array))
    if classes and loss.entry.id == "categorical_crossentropy":
        return refuse(
            '{name} holds class numbers, but loss="categorical_crossentropy" takes one-hot rows: write '
            '{name} = to_categorical({name}, {units}), or loss="sparse_categorical_crossentropy".',
            '{name} はクラス番号ですが、loss="categorical_crossentropy" には one-hot の行が必要です。'
            '{name} = to_categorical({name}, {units}) とするか、loss="sparse_categorical_crossentropy" にしてください。',
            name=name, units=units,
        )  # fmt: skip
    if classes:
        return refuse(
            "{name} has one number for each sample, but the last layer has {units} units: if they are class numbers, write "
            '{name} = to_categorical({name}, {units}), or loss="sparse_categorical_crossentropy"; otherwise make it 1 unit.',
            "{name} はデータ 1 件につき 1 個の数ですが、最後の層のユニット数は {units} です。クラス番号なら "
            '{name} = to_categorical({name}, {units}) とするか、loss="sparse_categorical_crossentropy" にし、'
            "そうでなければユニット数を 1 にしてください。",
            name=name, units=units,
        )  # fmt: skip
    return refuse(
        "{name} has the shape {shape}, but the last layer has {units} units: set its units to {columns}.",
        "{name} の形は {shape} ですが、最後の層のユニット数は {units} です。{columns} にしてください。",
        name=name, shape=array.shape, columns=math.prod(array.shape[1:]), units=units,
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Fed:
    """Samples as the engine takes them: rows, targets, and how much each counts (None: all the same)."""

    rows: Array
    targets: Array
    weights: Array | None


def sample_weights(given: Any, by_class: Mapping[int, float] | None, targets: Array, name: str) -> Array | None:
    """How much each sample counts, by itself and by its class, (samples,); None if nothing is given."""
    if by_class is not None:
        _check_weights_of_classes(by_class)
    if given is None and not by_class:
        return None
    weights = np.ones(len(targets), np.float32)
    if given is not None:
        own = numbers(given, name).reshape(-1)
        if len(own) != len(targets):
            raise refuse(
                "{name} has {n} numbers for {samples} samples; give one for each.",
                "{name} は {n} 個ですが、データは {samples} 件です。1 件に 1 つ渡してください。",
                name=name, n=len(own), samples=len(targets),
            )  # fmt: skip
        weights *= own
    if by_class:
        # A half parts 0 from 1, smoothed or not, and -1 from 1.
        classes = targets.argmax(axis=1) if targets.shape[1] > 1 else (targets[:, 0] > 0.5).astype(np.intp)
        table = np.array([by_class.get(k, 1.0) for k in range(max(targets.shape[1], 2))], np.float32)
        weights *= table[classes]
    return weights


def _check_weights_of_classes(by_class: Any) -> None:
    if isinstance(by_class, Mapping) and all(
        isinstance(k, (int, np.integer)) and k >= 0 and isinstance(w, Real) for k, w in by_class.items()
    ):
        return
    raise refuse(
        "class_weight is a dictionary from class numbers to weights, as in {{0: 1.0, 1: 2.0}}, not {given!r}.",
        "class_weight には {{0: 1.0, 1: 2.0}} のようにクラス番号と重みの辞書を渡してください（{given!r} は使えません）。",
        given=by_class,
    )  # fmt: skip


def split_off(x: Any, y: Any, weights: Any, share: float) -> tuple[list[Any], list[Any]]:
    """[x, y, weights] but the last `share` of the samples, and that share: what Keras validates on.

    Of few samples, one is left at least.
    """
    arrays = {"x": numbers(x, "x"), "y": numbers(y, "y")}
    if weights is not None:
        arrays["sample_weight"] = numbers(weights, "sample_weight")
    n = len(arrays["x"])
    for name, array in arrays.items():
        _as_many(n, len(array), name)
    cut = max(1, math.floor(n * (1 - share)))
    if not 0 < share < 1 or cut == n:
        raise refuse(
            "validation_split={share} leaves no sample on one side of {n}; take a share between.",
            "validation_split={share} では {n} 件のどちらかの側が空になります。間の値にしてください。", share=share, n=n,
        )  # fmt: skip
    parts = (slice(cut), slice(cut, None))
    kept, left = ([*(a[part] for a in arrays.values()), None][:3] for part in parts)
    return kept, left
