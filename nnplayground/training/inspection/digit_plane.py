"""The plane through three samples as a decision map: a slice of digit space."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.progress import report
from nnplayground.engine.activations import Activation
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.arrays import Array
from nnplayground.engine.layers.activation_layer import ActivationLayer
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.max_pooling_2d import MaxPooling2D
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


def slice_map(
    network: Network, parameters: Array, corners: Array, resolution: int = 64, everywhere: bool = False
) -> tuple[Array, bool]:
    """Outputs (n, n, classes) at the points a + x (b - a) + y (c - a) of the plane through `corners` a, b, c (3, features).

    x grows to the right and y with the rows, both from 0 to 1: [0, 0], [0, -1] and [-1, 0] are a, b and c themselves.
    Unless `everywhere`, large networks are asked only where the answer changes nearby; in between, their outputs are
    interpolated. The second value is whether every point was asked. Raises `Cancelled` when nobody wants it any more.
    """
    with np.errstate(all="ignore"):
        plane = _Plane(network, parameters, corners.astype(parameters.dtype), resolution)
        if everywhere or plane.cost * resolution**2 <= CHEAP:
            every = np.indices((resolution, resolution)).reshape(2, -1)
            return plane.outputs(every[0], every[1]).reshape(resolution, resolution, -1), True
        return refined(plane.outputs, resolution), False


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
        # Features are the rows here, as the layers want them: no turning.
        self._inputs: Array = np.ones((self._corners.shape[1] + 1, self._batch), parameters.dtype)
        self._plan = Plan(network, self._batch, parameters, rows=self._inputs.T)
        self._mixed = np.ascontiguousarray(self._corners.T)

    def outputs(self, row: NDArray[np.intp], column: NDArray[np.intp]) -> Array:
        """Outputs (n, outputs) at the places [row, column] of the map, (n,) each."""
        dtype = self._corners.dtype
        x, y = column.astype(dtype) / self._last, row.astype(dtype) / self._last
        mix = np.stack([1 - x - y, x, y])
        found = np.empty((len(x), len(self._plan.outputs)), dtype)
        for start in range(0, len(x), self._batch):
            part = mix[:, start : start + self._batch]
            size = part.shape[1]
            np.matmul(self._mixed, part, out=self._inputs[:-1, :size])
            self._plan.forward()
            report((start + size) / len(x))
            found[start : start + size] = self._plan.outputs[:, :size].T
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
    return *_after_sums(network, parameters, first, layer.activation), sums


def _after_sums(network: Network, parameters: Array, index: int, activation: Activation) -> tuple[Network, Array]:
    """What follows the sums of layer `index`, which has that `activation`.

    The largest of some ReLUs is the ReLU of the largest: behind pooling there are fewer of them.
    """
    following = network.spec.layers[index + 1 :][:1]
    silenced = index + 1 in {layer for layer, _ in network.silenced}
    if isinstance(activation, ReLU) and following and isinstance(following[0], MaxPooling2D) and not silenced:
        first = [following[0], ActivationLayer(activation)]
        return behind(network, parameters, index + 1, first, network.shapes[index + 1])
    return behind(network, parameters, index, [ActivationLayer(activation)])
