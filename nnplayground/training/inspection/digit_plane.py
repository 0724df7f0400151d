"""The plane through three samples as a decision map: a slice of digit space."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.arrays import Array
from nnplayground.engine.layers.activation_layer import ActivationLayer
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.network import Network
from nnplayground.engine.plan import Plan
from nnplayground.training.inspection.parts import behind, multiplications
from nnplayground.training.inspection.refining import refined

BATCH_COST = 3e7
FEWEST, MOST = 32, 512
"""Points at a time: as many as make so many multiplications, so that values stay in the processor's cache, and so that
a small network does not ask for the interpreter again and again while another thread trains."""
CHEAP = 5e8
"""Multiplications up to which every point of the map is computed."""


def stretched(samples: Array, places: Array) -> Array:
    """The corners a, b, c (3, features) of the square plane on which three `samples` (3, features) lie at `places`.

    `places` (3, 2) are x and y in 0..1 of the square, y down, and not on one line.
    """
    ways = np.linalg.inv(np.column_stack([places, np.ones(3)]))
    corners: Array = (np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1]]) @ ways @ samples).astype(samples.dtype)
    return corners


def slice_map(network: Network, parameters: Array, corners: Array, resolution: int = 64) -> Array:
    """Outputs (n, n, classes) at the points a + x (b - a) + y (c - a) of the plane through `corners` a, b, c (3, features).

    x grows to the right and y with the rows, both from 0 to 1: [0, 0], [0, -1] and [-1, 0] are a, b and c themselves.
    Large networks are asked only where the answer changes nearby; in between, their outputs are interpolated.
    """
    with np.errstate(all="ignore"):
        plane = _Plane(network, parameters, corners.astype(parameters.dtype), resolution)
        if plane.cost * resolution**2 <= CHEAP:
            every = np.indices((resolution, resolution)).reshape(2, -1)
            return plane.outputs(every[0], every[1]).reshape(resolution, resolution, -1)
        return refined(plane.outputs, resolution)


class _Plane:
    """The network as a function of a place on the plane.

    The first layer's sums are as linear as the plane itself: they are computed for the corners and mixed.
    """

    def __init__(self, network: Network, parameters: Array, corners: Array, resolution: int) -> None:
        self._last = resolution - 1
        self._corners = corners
        split = _behind_first(network, parameters, corners)
        if split is not None:
            network, parameters, self._corners = split
        self.cost = multiplications(network)
        """Multiplications for one point."""
        self._batch = int(min(max(BATCH_COST / max(self.cost, 1), FEWEST), MOST))
        self._plan = Plan(network, self._batch, parameters)

    def outputs(self, row: NDArray[np.intp], column: NDArray[np.intp]) -> Array:
        """Outputs (n, outputs) at the places [row, column] of the map, (n,) each."""
        dtype = self._corners.dtype
        x, y = column.astype(dtype) / self._last, row.astype(dtype) / self._last
        mix = np.stack([1 - x - y, x, y], axis=1)
        found = np.empty((len(mix), len(self._plan.outputs)), dtype)
        for start in range(0, len(mix), self._batch):
            part = mix[start : start + self._batch]
            np.matmul(part, self._corners, out=self._plan.rows[: len(part)])
            self._plan.forward()
            found[start : start + len(part)] = self._plan.outputs[:, : len(part)].T
        return found


def _behind_first(network: Network, parameters: Array, corners: Array) -> tuple[Network, Array, Array] | None:
    """The network behind the first layer's sums, its parameters, and those sums of the corners (3, sums).

    None if something comes before the first layer with weights, or if its activation is not a simple one.
    """
    first = next((i for i, named in enumerate(network.addresses) if "W" in named), 0)
    layer = network.spec.layers[first]
    simple = isinstance(layer, (Dense, Conv2D)) and not layer.activation.blocks((1,))
    leading = all(o.is_view for o in network.operations if o.index < first)
    alone = leading and first not in {index for index, _ in network.silenced}
    if not simple or layer.activation.sums_per_unit != 1 or not alone:
        return None
    plan = Plan(network, len(corners), parameters)
    plan.rows[...] = corners
    plan.forward()
    sums = plan.pre_activations(first).reshape(-1, len(corners)).T.copy()
    return *behind(network, parameters, first, [ActivationLayer(layer.activation)]), sums
