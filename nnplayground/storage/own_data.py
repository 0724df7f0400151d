"""A person's own data inside an experiment file, as arrays "data/..."."""

from __future__ import annotations

import numpy as np

from nnplayground.data.datasets.own_data import OwnData
from nnplayground.data.holdings import MOST_NUMBERS, Holding, held, is_held
from nnplayground.storage.parsing import damaged
from nnplayground.storage.tensors import AnyArray
from nnplayground.training.experiment import Experiment

X, T = "data/x", "data/t"


def put(experiment: Experiment, arrays: dict[str, AnyArray]) -> None:
    """Put the data of `experiment` into `arrays`, if it is a person's own and is here."""
    dataset = experiment.dataset
    if isinstance(dataset, OwnData) and is_held(dataset.content):
        arrays[X], arrays[T] = held(dataset.content).x, held(dataset.content).t


def take(experiment: Experiment, arrays: dict[str, AnyArray], name: str) -> Holding | None:
    """The data in `arrays`, taken out of it, or None; raises `FileProblem` unless it is that of `experiment`."""
    x, t = arrays.pop(X, None), arrays.pop(T, None)
    if x is None and t is None:
        return None
    dataset = experiment.dataset
    if x is None or t is None or not isinstance(dataset, OwnData) or x.ndim != 2 or x.size > MOST_NUMBERS:
        raise damaged(name, "data")
    kinds = t.dtype == (np.int64 if dataset.classes else np.float64) and x.dtype in (np.float32, np.uint8)
    holding = Holding(x, t)
    if not kinds or t.shape != ((len(x),) if dataset.classes else (len(x), 1)) or holding.id != dataset.content:
        raise damaged(name, "data")
    return holding
