"""Asking a network in the thread of the window, for a few inputs at a time, with the parameters of a snapshot."""

from __future__ import annotations

import math

import numpy as np

from nnplayground.engine.arrays import Array
from nnplayground.engine.plan import Plan
from nnplayground.training.snapshot import Snapshot


class Predictor:
    """Keeps its buffers as long as the network and the number of inputs stay the same."""

    def __init__(self) -> None:
        self._plan: Plan | None = None
        self._parameters: Array = np.zeros(0, np.float32)
        self._taken: Snapshot | None = None
        """The snapshot that the parameters are of."""

    def shares(self, snapshot: Snapshot, rows: Array) -> Array | None:
        """The shares of the classes (n, classes), or the values of a regression, for `rows` (n, features).

        None where the network reads something else, or its answers are not finite.
        """
        network, task = snapshot.network, snapshot.experiment.dataset.task
        plan = self.run(snapshot, rows)
        if plan is None or not task.fits(network.output_shape[0]):
            return None
        with np.errstate(all="ignore"):
            shares = task.probabilities(plan.outputs.T, network.output_activation)
        return shares.copy() if np.isfinite(shares).all() else None

    def run(self, snapshot: Snapshot, rows: Array) -> Plan | None:
        """A plan after a forward pass over `rows` (n, features), until the next call; None if they do not fit."""
        network = snapshot.network
        if rows.shape[1] != math.prod(network.spec.input_shape):
            return None
        plan = self._plan
        if plan is None or plan.network is not network or plan.batch != len(rows):
            self._parameters = snapshot.parameters.copy()
            plan = self._plan = Plan(network, len(rows), self._parameters)
        elif snapshot is not self._taken:
            np.copyto(self._parameters, snapshot.parameters)
        self._taken = snapshot
        plan.rows[...] = rows
        with np.errstate(all="ignore"):
            plan.forward()
        return plan
