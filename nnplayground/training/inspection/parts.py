"""Parts of a network as networks of their own, and what they cost."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from nnplayground.engine.arrays import Array, Shape
from nnplayground.engine.layers import Layer
from nnplayground.engine.network import Network, NetworkSpec


def behind(
    network: Network, parameters: Array, index: int, first: Sequence[Layer] = (), shape: Shape | None = None
) -> tuple[Network, Array]:
    """The layers after layer `index` as a network that is fed what that gives, and their parameters.

    `first` are layers without parameters that come before them, and are fed values of `shape` if that is another one.
    """
    spec = network.spec
    layers = (*first, *spec.layers[index + 1 :])
    shift = index + 1 - len(first)
    silenced = [(layer - shift, unit) for layer, unit in network.silenced if layer > index]
    rest = Network(NetworkSpec(shape or network.shapes[index + 1], layers, spec.loss, spec.initializer), silenced)
    kept: Array = np.zeros(rest.size, parameters.dtype)
    old, new = network.views(parameters), rest.views(kept)
    for i in range(len(first), len(layers)):
        for name, array in new[i].items():
            array[...] = old[i + shift][name]
    return rest, kept


def multiplications(network: Network) -> int:
    """Products that a forward pass makes for one sample."""
    return sum(
        named["W"].size * math.prod(network.shapes[index + 1][1:])
        for index, named in enumerate(network.addresses)
        if "W" in named
    )
