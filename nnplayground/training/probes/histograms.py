from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.arrays import Array
from nnplayground.text import Text
from nnplayground.training.probes import Probe, probes
from nnplayground.training.probes._passes import backward
from nnplayground.training.trainer import Trainer


@dataclass(frozen=True, eq=False)
class Histogram:
    """`counts` (bins,) between `edges` (bins + 1,), and what was counted in numbers; `bad` were not finite."""

    edges: NDArray[np.float64]
    counts: NDArray[np.int64]
    mean: float
    std: float
    bad: int


@dataclass(frozen=True)
class LayerHistograms:
    """One layer: its sums and outputs over the samples, its parameters and their gradients (None if it has none)."""

    pre_activations: Histogram
    activations: Histogram
    parameters: Histogram | None
    gradients: Histogram | None


@probes.register
@dataclass(frozen=True)
class Histograms(Probe):
    """A `LayerHistograms` for each layer, over the first `samples` training samples."""

    id = "histograms"
    label = Text("Histograms of all layers", "各層のヒストグラム")

    samples: int = 500
    bins: int = 40

    def compute(self, trainer: Trainer) -> tuple[LayerHistograms, ...]:
        plan, gradients = backward(trainer, self.samples)
        network = trainer.network
        values = _by_layer(network.addresses, trainer.parameters[: network.trainable])
        slopes = _by_layer(network.addresses, gradients)
        return tuple(
            LayerHistograms(
                self._count(plan.pre_activations(i)), self._count(plan.activations(i)),
                self._count(values[i]) if values[i].size else None, self._count(slopes[i]) if slopes[i].size else None,
            )
            for i in range(len(network.spec.layers))
        )  # fmt: skip

    def _count(self, values: Array) -> Histogram:
        return count(values, self.bins)


def count(values: Array, bins: int) -> Histogram:
    """The histogram of all finite numbers of an array, from the smallest to the largest."""
    flat = values.ravel()
    finite = flat[np.isfinite(flat)].astype(np.float64)
    if not len(finite):
        return Histogram(np.linspace(-1, 1, bins + 1), np.zeros(bins, np.int64), 0.0, 0.0, len(flat))
    low, high = float(finite.min()), float(finite.max())
    if high - low <= 1e-12 * max(abs(low), abs(high)):  # all the same: one bar in the middle
        room = max(abs(low), 1.0) / 2
        low, high = low - room, high + room
    # np.histogram takes three times as long: it looks for values on the edges that rounding has put beside them.
    places = np.minimum(((finite - low) * (bins / (high - low))).astype(np.intp), bins - 1)
    counts, edges = np.bincount(places, minlength=bins), np.linspace(low, high, bins + 1)
    return Histogram(edges, counts.astype(np.int64), float(finite.mean()), float(finite.std()), len(flat) - len(finite))


def _by_layer(addresses: list[dict[str, NDArray[np.intp]]], vector: Array) -> list[Array]:
    """The parameters (or gradients) of each layer in a row, trainable ones only."""
    places = [np.concatenate([a.ravel() for a in named.values()] or [np.empty(0, np.intp)]) for named in addresses]
    return [vector[p[p < len(vector)]] for p in places]
