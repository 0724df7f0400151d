from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.arrays import Array
from nnplayground.text import Text
from nnplayground.training.probes import Probe, probes
from nnplayground.training.probes._passes import forward, read_only
from nnplayground.training.probes._plane import over_line, over_plane
from nnplayground.training.trainer import Trainer


@dataclass(frozen=True, eq=False)
class UnitsOfLayer:
    """What some of the `total` units of a layer give over the plane: `units` (n,), `maps` (n, resolution, resolution).

    Where there is a single input instead of a plane, `maps` is (n, 1, resolution).
    """

    units: NDArray[np.intp]
    maps: Array
    total: int


@dataclass(frozen=True, eq=False)
class UnitMapsAnswer:
    """Over the square, or the line, `low`..`high`; row 0 is the lowest x2. `inputs` are the network's input features."""

    low: float
    high: float
    inputs: UnitsOfLayer
    layers: tuple[UnitsOfLayer, ...]


@probes.register
@dataclass(frozen=True)
class UnitMaps(Probe):
    """The output of each unit over the plane or the line, for the picture of the network; None for other data.

    Of layers with more than `most` units some are shown: the first, those that vary most over the plane, or `chosen`
    (layer, unit) pairs.
    """

    id = "unit-maps"
    label = Text("Units over the plane", "平面上の各ユニット")

    resolution: int = 20
    most: int = 16
    choice: str = "first"
    """ "first", "active" or "chosen"."""
    chosen: tuple[tuple[int, int], ...] = ()

    def compute(self, trainer: Trainer) -> UnitMapsAnswer | None:
        place = over_plane(trainer, self.resolution) or over_line(trainer, self.resolution)
        if place is None:
            return None
        low, high, inputs = place
        plan = forward(trainer.network, trainer.parameters, inputs)
        layers = [plan.activations(i).reshape(-1, len(inputs)) for i in range(len(trainer.network.spec.layers))]
        return UnitMapsAnswer(
            low, high, self._some(-1, inputs.T), tuple(self._some(i, values) for i, values in enumerate(layers))
        )

    def _some(self, layer: int, values: Array) -> UnitsOfLayer:
        units = self._units(layer, values)
        maps = values[units].reshape(len(units), values.shape[1] // self.resolution, self.resolution)
        return UnitsOfLayer(read_only(units), read_only(maps), len(values))

    def _units(self, layer: int, values: Array) -> NDArray[np.intp]:
        if len(values) <= self.most:
            return np.arange(len(values))
        if self.choice == "active":
            return np.sort(np.argsort(-values.std(axis=1), kind="stable")[: self.most])
        if self.choice == "chosen":
            return np.array([u for i, u in self.chosen if i == layer and 0 <= u < len(values)], np.intp)[: self.most]
        return np.arange(self.most)
