"""The gradient found twice, by numerical differentiation and by backpropagation, with a stopwatch on both."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.arrays import Array
from nnplayground.engine.network import Network
from nnplayground.training.inspection.loss_function import LossFunction


@dataclass(frozen=True)
class Bar:
    """Which parameter a bar belongs to: entry `index` (out, in) or (unit,) of the array `name` of `layer`."""

    layer: int
    name: str
    index: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class GradientBars:
    """dE/dw of some parameters, (n,) each, in the order of the flat vector: of a unit first its weights, then its bias.

    `numeric` took two evaluations of the loss per bar, `numeric_seconds` for those shown; one backward pass gave all
    `parameters` gradients at once in `backprop_seconds`.
    """

    bars: tuple[Bar, ...]
    places: NDArray[np.intp]
    values: Array
    numeric: NDArray[np.float64]
    backprop: NDArray[np.float64]
    numeric_seconds: float
    backprop_seconds: float
    parameters: int

    @property
    def difference(self) -> NDArray[np.float64]:
        return self.numeric - self.backprop

    @property
    def numeric_seconds_for_all(self) -> float:
        """What all parameters would take."""
        return self.numeric_seconds * self.parameters / max(1, len(self.bars))

    @property
    def evaluations_for_all(self) -> int:
        """Evaluations of the loss for one step by numerical differentiation."""
        return 2 * self.parameters


def gradient_bars(
    network: Network, parameters: Array, rows: Array, targets: Array, epsilon: float = 1e-3, most: int = 300
) -> GradientBars:
    """Both gradients over `rows` (samples, features) and `targets` (samples, outputs).

    Central difference [E(w + ε) - E(w - ε)] / 2ε. Of more than `most` parameters, evenly spaced ones are shown.
    """
    function = LossFunction(network, parameters, rows, targets)
    function.gradient()  # the first pass warms up caches, and would be unfair to time
    began = time.perf_counter()
    backprop = function.gradient()
    between = time.perf_counter()
    count = min(most, network.trainable)
    places = np.linspace(0, network.trainable - 1, count).round().astype(np.intp)
    numeric = [(function.at(k, epsilon) - function.at(k, -epsilon)) / (2 * epsilon) for k in places]
    ended = time.perf_counter()
    return GradientBars(
        tuple(bar_of(network, int(k)) for k in places), places, function.origin[places].copy(), np.array(numeric),
        backprop[places].astype(np.float64), ended - between, between - began, network.trainable,
    )  # fmt: skip


def bar_of(network: Network, place: int) -> Bar:
    """Which parameter lies at `place` of the flat vector."""
    for layer, named in enumerate(network.addresses):
        for name, places in named.items():
            found = np.argwhere(places == place)
            if len(found):
                return Bar(layer, name, tuple(int(i) for i in found[0]))
    raise IndexError(place)
