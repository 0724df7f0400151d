"""The square of the plane, or the piece of the line, that holds the data, as inputs of the network."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from nnplayground.data.task import Data
from nnplayground.engine.arrays import Array
from nnplayground.training.trainer import Trainer

MARGIN = 0.05
"""Room around the data, as a share of its width."""
LINE_MARGIN = 0.1
"""The same on a line."""


def over_plane(trainer: Trainer, resolution: int) -> tuple[float, float, Array] | None:
    """Low and high end of the square (both coordinates) and the inputs (resolution**2, features), x1 fastest.

    None unless the data lies on a plane.
    """
    dataset = trainer.experiment.dataset
    if not dataset.lies_on_plane:
        return None
    low, high = _reach(trainer.data)
    inputs = dataset.on_plane(_grid(low, high, resolution))
    return None if inputs is None else (low, high, inputs)


def over_line(trainer: Trainer, points: int) -> tuple[float, float, Array] | None:
    """Low and high end of the data's range and inputs (points, 1) along it; None unless there is a single input."""
    data = trainer.data
    if data.input_shape != (1,):
        return None
    low = float(min(data.x_train.min(), data.x_test.min()))
    high = float(max(data.x_train.max(), data.x_test.max()))
    room = LINE_MARGIN * max(high - low, 1e-6)
    return low - room, high + room, np.linspace(low - room, high + room, points, dtype=np.float32)[:, None]


@lru_cache(maxsize=4)
def _grid(low: float, high: float, resolution: int) -> Array:
    """Middles of the cells, (resolution**2, 2), x1 fastest."""
    edge = (np.arange(resolution, dtype=np.float32) + 0.5) / resolution * (high - low) + low
    x2, x1 = np.meshgrid(edge, edge, indexing="ij")
    rows: Array = np.stack([x1.ravel(), x2.ravel()], axis=1)
    rows.flags.writeable = False
    return rows


def points_of(data: Data) -> tuple[Array, Array]:
    """Where the training and the test samples of data on a plane lie, (samples, 2) each."""
    if data.train_points is None or data.test_points is None:
        return data.x_train, data.x_test
    return data.train_points, data.test_points


@lru_cache(maxsize=4)
def _reach(data: Data) -> tuple[float, float]:
    """A square around the data, the same in both directions, with round ends."""
    sides = [side for side in points_of(data) if len(side)]
    low, high = min(float(side.min()) for side in sides), max(float(side.max()) for side in sides)
    margin = max(high - low, 1e-6) * MARGIN
    step = 10.0 ** np.floor(np.log10(high - low + 2 * margin)) / 5
    return float(np.floor((low - margin) / step) * step), float(np.ceil((high + margin) / step) * step)
