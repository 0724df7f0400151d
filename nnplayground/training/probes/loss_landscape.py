from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nnplayground.engine.arrays import Array
from nnplayground.text import Text
from nnplayground.training.inspection.loss_function import LossFunction
from nnplayground.training.inspection.loss_slice import (
    Floats,
    LossPlane,
    loss_over,
    on_plane,
    parameter_direction,
    path_directions,
    random_direction,
)
from nnplayground.training.probes import Probe, probes
from nnplayground.training.probes._passes import quiet, read_only
from nnplayground.training.trainer import Trainer

if TYPE_CHECKING:
    from nnplayground.training.run import Run

BUDGET = 3e8
"""Multiplications that one look may cost: some hundredths of a second. Large networks are asked about fewer samples."""


@probes.register
@dataclass(frozen=True)
class LossLandscape(Probe):
    """A `LossPlane` through the present parameters, with the run's path on it, over the first training samples.

    `directions`: "path", the two in which the run moved most (random ones until there are two); "random", scaled to the
    weights; "parameters", the two of indices `first` and `second`. `span` is half the width of the plane: in lengths of
    the weights for random directions, in units of the parameter for parameters; the path sets its own.
    """

    id = "loss-landscape"
    label = Text("Loss landscape", "損失の地形")

    directions: str = "path"
    first: int = 0
    second: int = 1
    span: float = 1.0
    resolution: int = 25
    samples: int = 200
    seed: int = 1

    def compute(self, trainer: Trainer) -> LossPlane:
        return self._plane(trainer, [])

    def look(self, run: Run) -> LossPlane | None:
        if run.trainer is None:
            return None
        return self._plane(run.trainer, run.timeline.path(run.trainer))

    def _plane(self, trainer: Trainer, past: list[tuple[int, Array]]) -> LossPlane:
        network, origin = trainer.network, trainer.parameters
        past = [(step, p) for step, p in past if np.isfinite(p).all()] if np.isfinite(origin).all() else []
        path = np.array([p for _, p in past]).reshape(len(past), network.size)
        samples = int(max(1, min(self.samples, BUDGET / (self.resolution**2 * max(1, network.size)))))
        function = LossFunction(network, origin, trainer.data.x_train[:samples], trainer.targets[:samples])
        with quiet():
            d1, d2, follows = self._directions(trainer, path)
        places, aside = on_plane(path, origin, d1, d2) if len(path) else (np.empty((0, 2)), np.empty(0))
        x, y = (self._axis(places[:, k] if follows else np.empty(0)) for k in (0, 1))
        losses = loss_over(function, d1, d2, x, y)
        steps = np.array([step for step, _ in past], np.intp)
        return LossPlane(*(read_only(a) for a in (x, y, losses, places, steps, aside)))

    def _directions(self, trainer: Trainer, path: Array) -> tuple[Array, Array, bool]:
        """The two directions, and whether the plane is to hold the whole path."""
        network, origin = trainer.network, trainer.parameters
        found = path_directions(path, origin) if self.directions == "path" else None
        if found is not None:
            return *found, True
        if self.directions == "parameters" and max(self.first, self.second) < network.trainable:
            return parameter_direction(network, self.first), parameter_direction(network, self.second), False
        d1, d2 = (random_direction(network, origin, self.seed + k) for k in (0, 1))
        return d1, d2, False

    def _axis(self, seen: Floats) -> Floats:
        low, high = (
            (float(seen.min(initial=0.0)), float(seen.max(initial=0.0))) if len(seen) else (-self.span, self.span)
        )
        room = 0.25 * max(high - low, 1e-3) if len(seen) else 0.0
        return np.linspace(low - room, high + room, self.resolution)
