from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from nnplayground.data.task import Data
from nnplayground.engine.arrays import Array
from nnplayground.engine.plan import predict
from nnplayground.text import Text
from nnplayground.training.probes import Probe, probes
from nnplayground.training.trainer import Trainer

MARGIN = 0.1
"""Room around the data, as a share of its width."""


@dataclass(frozen=True, eq=False)
class PlaneMap:
    """What the network says over the square `low`..`high` (both coordinates), and the data that lies in it.

    `values` is (n, n, classes), shares of the classes, or (n, n, outputs) of a regression; row 0 is the lowest x2.
    """

    low: float
    high: float
    values: Array
    data: Data


@probes.register
@dataclass(frozen=True)
class DecisionMap(Probe):
    """The answers on a grid of `resolution` by `resolution` points; None unless the data lies on a plane."""

    id = "decision-map"
    label = Text("Decision map", "決定境界")

    resolution: int = 100

    def compute(self, trainer: Trainer) -> PlaneMap | None:
        data, network = trainer.data, trainer.network
        if data.input_shape != (2,):
            return None
        low, high = _reach(data)
        with np.errstate(all="ignore"):
            outputs = predict(network, trainer.parameters, _grid(low, high, self.resolution), batch=2000)
            shares = data.task.probabilities(outputs, network.output_activation)
        values = shares.reshape(self.resolution, self.resolution, -1)
        values.flags.writeable = False
        return PlaneMap(low, high, values, data)


@lru_cache(maxsize=4)
def _grid(low: float, high: float, resolution: int) -> Array:
    """Middles of the cells, (resolution**2, 2), x1 fastest."""
    edge = (np.arange(resolution, dtype=np.float32) + 0.5) / resolution * (high - low) + low
    x2, x1 = np.meshgrid(edge, edge, indexing="ij")
    rows: Array = np.stack([x1.ravel(), x2.ravel()], axis=1)
    rows.flags.writeable = False
    return rows


@lru_cache(maxsize=4)
def _reach(data: Data) -> tuple[float, float]:
    """The square around the origin's data, the same in both directions, with round ends."""
    low = float(min(data.x_train.min(), data.x_test.min()))
    high = float(max(data.x_train.max(), data.x_test.max()))
    margin = max(high - low, 1e-6) * MARGIN
    step = 10.0 ** np.floor(np.log10(high - low + 2 * margin)) / 2
    return float(np.floor((low - margin) / step) * step), float(np.ceil((high + margin) / step) * step)
