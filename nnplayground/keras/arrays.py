"""What is given as an array of numbers, checked."""

from __future__ import annotations

from typing import Any

import numpy as np

from nnplayground.keras.problems import refuse


def numbers(values: Any, name: str, axes: int = 1) -> Any:
    """`values` as an array of numbers with at least `axes` axes; raises `InputProblem`."""
    try:
        array = np.asarray(values)
    except (ValueError, TypeError):
        array = np.asarray(None)
    if array.dtype.kind not in "fiub" or array.ndim < axes:
        raise refuse(
            "{name} must be an array of numbers of one shape, not {what}.",
            "{name} には形のそろった数の配列を渡してください（{what} は使えません）。",
            name=name, what=type(values).__name__,
        )  # fmt: skip
    return array
