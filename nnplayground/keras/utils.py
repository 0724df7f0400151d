"""Helpers: one-hot labels and the seed of everything random."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from nnplayground.engine.arrays import Array
from nnplayground.keras.arrays import numbers
from nnplayground.keras.problems import refuse, whole

if TYPE_CHECKING:
    from nnplayground.keras.models import Sequential

_seed: list[int] = []
"""The next model's seed, once a seed was set."""


def set_random_seed(seed: int) -> None:
    """Make everything repeatable: the first model made from here on gets this seed, the second one the next, and so on.

    NumPy's own generator and Python's are seeded too, as in Keras.
    """
    import random

    if not isinstance(seed, (int, np.integer)) or not 0 <= seed < 2**31:
        raise refuse(
            "set_random_seed: give a whole number from 0 to 2147483647, not {seed!r}.",
            "set_random_seed: 0 から 2147483647 までの整数を指定してください（{seed!r} は使えません）。",
            seed=seed,
        )  # fmt: skip
    _seed[:] = [int(seed)]
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002 (what a script of Keras expects)


def next_seed() -> int:
    """The seed of a new model."""
    if not _seed:
        return secrets.randbelow(2**31)
    _seed[0] = (_seed[0] + 1) % 2**31
    return (_seed[0] - 1) % 2**31


def load_trained(model: Sequential, name: str) -> None:
    """Not in Keras: give `model` the trained parameters called `name` that come with this program; raises `Problem`."""
    from nnplayground.storage import weights

    built = model._ready()
    built.parameters[...] = weights.named(name, built.network)


def to_categorical(x: ArrayLike, num_classes: int | None = None) -> Array:
    """Class numbers as one-hot rows of float32: 2 of 3 classes is [0, 0, 1]. A last axis of length 1 is dropped."""
    given = numbers(x, "x", axes=0)
    with np.errstate(invalid="ignore"):
        labels = given.astype(np.int64)
    if not np.array_equal(labels, given):
        raise refuse(
            "to_categorical takes class numbers 0, 1, 2, ..., but these are no whole numbers.",
            "to_categorical にはクラス番号 0, 1, 2, … を渡してください。整数でない値があります。",
        )
    if labels.ndim > 1 and labels.shape[-1] == 1:
        labels = labels[..., 0]
    if num_classes is not None:
        classes = whole("to_categorical", "num_classes", num_classes, 1)
    else:
        classes = int(labels.max(initial=-1)) + 1
    if labels.size and not 0 <= labels.min() <= labels.max() < classes:
        raise refuse(
            "to_categorical: the labels go from {low} to {high}, but with {n} classes only 0 to {last} are allowed.",
            "to_categorical: ラベルが {low} から {high} までありますが、{n} クラスでは 0 から {last} までです。",
            low=labels.min(), high=labels.max(), n=classes, last=classes - 1,
        )  # fmt: skip
    one_hot: Array = np.eye(classes, dtype=np.float32)[labels]
    return one_hot
