from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nnplayground.engine.arrays import Array
from nnplayground.engine.network import Network
from nnplayground.text import Text
from nnplayground.training.surgery.wires import Index

Removed = Mapping[int, Sequence[int]]
"""Units that go, per layer of the network before; what is not said goes from the end. A layer without units is gone."""


def gone_layers(network: Network, removed: Removed) -> frozenset[int]:
    """The layers of `network` that go with all their units."""
    return frozenset(i for i, units in removed.items() if len(set(units)) >= network.shapes[i + 1][0])


@dataclass(frozen=True, eq=False)
class Outcome:
    """A network's parameters after an operation.

    `source` (size,) tells for each parameter which one it was before, -1 for those that are new or were computed.
    `notes` say which inserted parts could not be made to change nothing; without any, nothing changed but what was
    taken away. `inserted` are the layers that were not there before.
    """

    parameters: Array
    source: Index
    notes: tuple[Text, ...] = ()
    inserted: tuple[int, ...] = ()

    @property
    def is_exact(self) -> bool:
        return not self.notes

    def carry(self, state: Array, length: int) -> Array:
        """A vector of the optimizer's state, for the first `length` parameters of now.

        What is new gets 0, or, in a sum of squares (known by having no negative entry), the average: a new weight
        beside old ones would otherwise start with a far larger step than they.
        """
        source = self.source[:length]
        known = (source >= 0) & (source < len(state))
        carried: Array = np.zeros(length, state.dtype)
        carried[known] = state[source[known]]
        if known.any() and carried.min() >= 0:
            carried[~known] = carried[known].mean()
        return carried
