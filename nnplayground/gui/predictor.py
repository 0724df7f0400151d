"""Asking a network in the thread of the window, for a few inputs at a time, with the parameters of a snapshot."""

from __future__ import annotations

import math
import weakref

import numpy as np
from PySide6.QtCore import QObject, Slot

from nnplayground.engine.arrays import Array
from nnplayground.engine.plan import Plan
from nnplayground.gui.controller import Controller
from nnplayground.training.snapshot import Snapshot


class Predictor(QObject):
    """Keeps its buffers as long as the network and the number of inputs stay the same.

    With a `controller`, not beyond the time that this shows the network: a pane that is not seen any more asks about
    no other.
    """

    def __init__(self, parent: QObject, controller: Controller | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self._parameters: Array = np.zeros(0, np.float32)
        self._taken: weakref.ref[Snapshot] | None = None
        """The snapshot that the parameters are of."""
        if controller is not None:
            controller.renewed.connect(self.forget)

    @Slot()
    def forget(self) -> None:
        """Let go of the network and its buffers."""
        self._plan = self._taken = None
        self._parameters = np.zeros(0, np.float32)

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
        elif self._taken is None or self._taken() is not snapshot:
            np.copyto(self._parameters, snapshot.parameters)
        self._taken = weakref.ref(snapshot)
        plan.rows[...] = rows
        with np.errstate(all="ignore"):
            plan.forward()
        return plan
