"""All that speaks for an answer at once: pixels, hidden units, training samples like it, and the sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.task import Data
from nnplayground.engine.arrays import Array
from nnplayground.engine.network import Network
from nnplayground.training.inspection.neighbours import as_seen, nearest
from nnplayground.training.inspection.parts import multiplications
from nnplayground.training.inspection.why_not import WhyNot, why_not

Eye = Literal["person", "network"]
NEAREST = 8
BUDGET = 2e9
"""Multiplications that the network may spend on looking at the training samples: about a tenth of a second."""


@dataclass(frozen=True, eq=False)
class Reasons:
    """Why class `given` and not `other`; `rows` (k, features) and `labels` (k,) are the nearest training samples."""

    given: int
    other: int
    why: WhyNot
    rows: Array
    labels: NDArray[np.generic]

    @property
    def units(self) -> list[tuple[int, float]]:
        """The units of the last hidden layer and their shares of the lead, the strongest first."""
        shares = self.why.attribution.units
        order = [] if shares is None else np.argsort(-np.abs(shares), kind="stable").tolist()
        return [] if shares is None else [(i, float(shares[i])) for i in order]


def reasons(
    network: Network, parameters: Array, row: Array, other: int, classes: tuple[str, ...], data: Data | None, eye: Eye
) -> Reasons:
    """Why `row` (features,) is not answered with class `other`; neighbours among the training samples of `data`."""
    why = why_not(network, parameters, row, other, classes)
    rows: Array = np.empty((0, len(row)), row.dtype)
    labels: NDArray[np.generic] = np.empty(0, np.int64)
    if data is not None and data.x_train.shape[1] == len(row):
        known = data.x_train
        if eye == "network":
            known = known[: max(100, int(BUDGET / max(1, multiplications(network))))]
            seen = as_seen(network, parameters, np.concatenate([row[None], known]))
            found = nearest(seen[1:], seen[0], NEAREST).samples
        else:
            found = nearest(known, row, NEAREST).samples
        rows, labels = known[found], data.train_labels[found]
    return Reasons(int(why.change.before.argmax()), other, why, rows, labels)
