"""What is given as an array of numbers, checked."""

from __future__ import annotations

from typing import Any

import numpy as np

from nnplayground.keras.problems import InputProblem, refuse


def numbers(values: Any, name: str, axes: int = 1) -> Any:
    """`values` as an array of numbers with at least `axes` axes; raises `InputProblem`."""
    try:
        array = np.asarray(values)
    except (ValueError, TypeError):
        raise refuse(
            "{name} must be an array of numbers, but its rows differ in length: make them all equally long.",
            "{name} には数の配列を渡してください。行の長さがそろっていないので、すべて同じ長さにしてください。",
            name=name,
        ) from None  # fmt: skip
    if array.dtype.kind not in "fiub" or array.ndim < axes:
        raise _no_numbers(values, array, name)
    return array


def _no_numbers(values: Any, array: Any, name: str) -> InputProblem:
    if values is None:
        return refuse(
            "{name} is missing; give an array of numbers with one row for each sample.",
            "{name} がありません。データ 1 件を 1 行とする数の配列を渡してください。",
            name=name,
        )  # fmt: skip
    if array.dtype.kind in "fiub":
        return refuse(
            "{name} is a single number: write np.array([{name}]).",
            "{name} は 1 個の数です。np.array([{name}]) と書いてください。",
            name=name,
        )  # fmt: skip
    if _reads_as_numbers(array):
        return refuse(
            'The numbers in {name} are stored as {dtype}: write {name} = np.array({name}).astype("float32").',
            '{name} の数は {dtype} 型です。{name} = np.array({name}).astype("float32") と書いてください。',
            name=name, dtype=array.dtype,
        )  # fmt: skip
    if any(isinstance(value, str) for value in array.flat):
        return refuse(
            "{name} holds text, but only numbers can be learnt from; for names of classes write "
            "names, {name} = np.unique({name}, return_inverse=True).",
            "{name} は文字列ですが、学習に使えるのは数だけです。クラスの名前なら "
            "names, {name} = np.unique({name}, return_inverse=True) と書いてください。",
            name=name,
        )  # fmt: skip
    return refuse(
        "{name} must be an array of numbers of one shape, not {what}: collect the samples first, as in np.array([...]).",
        "{name} には形のそろった数の配列を渡してください（{what} は使えません）。先に np.array([...]) のようにまとめてください。",
        name=name, what=type(values).__name__ if array.ndim == 0 else array.dtype,
    )  # fmt: skip


def _reads_as_numbers(array: Any) -> bool:
    try:
        array.astype(np.float32)
    except (ValueError, TypeError):
        return False
    return array.dtype.kind in "OU"
