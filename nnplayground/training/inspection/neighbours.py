"""The training samples that are most like a drawing, to the eye or to the network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.arrays import Array
from nnplayground.engine.network import Network
from nnplayground.engine.plan import Plan

BATCH = 500


@dataclass(frozen=True, eq=False)
class Neighbours:
    """The nearest samples, the nearest first: `samples` (k,) their indices, `distances` (k,) how far they are."""

    samples: NDArray[np.intp]
    distances: NDArray[np.float64]


def nearest(known: Array, sample: Array, count: int = 8) -> Neighbours:
    """The `count` rows of `known` (samples, features) nearest to `sample` (features,), by Euclidean distance."""
    squares = np.empty(len(known))
    for start in range(0, len(known), 4096):
        away = known[start : start + 4096] - sample
        squares[start : start + len(away)] = np.einsum("ij,ij->i", away, away, dtype=np.float64)
    count = min(count, len(known))
    best = np.argpartition(squares, count - 1)[:count] if count else np.empty(0, np.intp)
    best = best[np.argsort(squares[best], kind="stable")]
    return Neighbours(best, np.sqrt(squares[best]))


def as_seen(network: Network, parameters: Array, rows: Array) -> Array:
    """What the last hidden layer makes of `rows` (samples, features): (samples, units). The rows if there is none."""
    index = len(network.spec.layers) - 2
    if index < 0:
        return rows
    parts = []
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        plan = Plan(network, len(part), parameters)
        plan.rows[...] = part
        with np.errstate(all="ignore"):
            plan.forward()
        parts.append(plan.activations(index).reshape(-1, len(part)).T.copy())
    return np.concatenate(parts) if parts else np.empty((0, int(np.prod(network.shapes[-2]))), parameters.dtype)
