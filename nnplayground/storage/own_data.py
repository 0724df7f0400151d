"""A person's own data inside an experiment file, as arrays "data/..."."""

from __future__ import annotations

import math

import numpy as np

from nnplayground.data.datasets import Dataset
from nnplayground.data.datasets.my_digits import MyDigits
from nnplayground.data.datasets.own_data import OwnData
from nnplayground.data.holdings import MOST_NUMBERS, Holding, held, is_held
from nnplayground.data.my_digits import MOST
from nnplayground.storage.parsing import damaged
from nnplayground.storage.tensors import AnyArray
from nnplayground.training.experiment import Experiment

X, T = "data/x", "data/t"


def put(experiment: Experiment, arrays: dict[str, AnyArray]) -> None:
    """Put the data of `experiment` into `arrays`, if it is a person's own and is here."""
    name = _name(experiment.dataset)
    if is_held(name):
        arrays[X], arrays[T] = held(name).x, held(name).t


def take(experiment: Experiment, arrays: dict[str, AnyArray], name: str) -> tuple[Holding, str] | None:
    """The data in `arrays`, taken out of it, and what to hold it under, or None.

    Raises `FileProblem` unless it can be that of `experiment`.
    """
    x, t = arrays.pop(X, None), arrays.pop(T, None)
    if x is None and t is None:
        return None
    if x is None or t is None or x.ndim != 2 or x.size > MOST_NUMBERS or not _fits(experiment.dataset, x, t):
        raise damaged(name, "data")
    return Holding(x, t), _name(experiment.dataset)


def _name(dataset: Dataset) -> str:
    """What the data is held under; empty if it is made from a recipe."""
    if isinstance(dataset, MyDigits) and dataset.version:
        return dataset.holding
    return dataset.content if isinstance(dataset, OwnData) else ""


def _fits(dataset: Dataset, x: AnyArray, t: AnyArray) -> bool:
    if isinstance(dataset, MyDigits) and dataset.version:
        digits = x.dtype == np.uint8 and x.shape[1] == math.prod(dataset.input_shape) and t.dtype == np.int64
        return bool(digits and t.shape == (len(x),) and 2 <= len(x) <= MOST and t.min() >= 0 and t.max() <= 9)
    if not isinstance(dataset, OwnData):
        return False
    kinds = t.dtype == (np.int64 if dataset.classes else np.float64) and x.dtype in (np.float32, np.uint8)
    shape = (len(x),) if dataset.classes else (len(x), 1)
    return bool(kinds and t.shape == shape and Holding(x, t).id == dataset.content)
