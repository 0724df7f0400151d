from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.task import Data
from nnplayground.engine.arrays import Array
from nnplayground.engine.plan import predict
from nnplayground.text import Text
from nnplayground.training.inspection.contours import Lines, contours
from nnplayground.training.probes import Probe, probes
from nnplayground.training.probes._answers import answers
from nnplayground.training.probes._passes import quiet, read_only
from nnplayground.training.probes._plane import over_plane
from nnplayground.training.trainer import Trainer


@dataclass(frozen=True, eq=False)
class PlaneMap:
    """What the network says over the square `low`..`high` (both coordinates), and the data that lies in it.

    `values` is (n, n, classes), shares of the classes, or (n, n, outputs) of a regression; row 0 is the lowest x2.
    `contours` holds for each class the pieces of its lines of equal share (see `contours`).
    `wrong_train` and `wrong_test` tell which of the first samples of each side are taken for another class.
    """

    low: float
    high: float
    values: Array
    data: Data
    contours: tuple[Lines, ...]
    wrong_train: NDArray[np.bool_]
    wrong_test: NDArray[np.bool_]


@probes.register
@dataclass(frozen=True)
class DecisionMap(Probe):
    """The answers on a grid of `resolution` by `resolution` points; None unless the data lies on a plane.

    Of a classification also contours at the shares `levels`, and whether the first `samples` of each side are wrong.
    """

    id = "decision-map"
    label = Text("Decision map", "決定境界")

    resolution: int = 100
    levels: tuple[float, ...] = ()
    samples: int = 0

    def compute(self, trainer: Trainer) -> PlaneMap | None:
        plane = over_plane(trainer, self.resolution)
        if plane is None:
            return None
        low, high, inputs = plane
        data = trainer.data
        with quiet():
            outputs = predict(trainer.network, trainer.parameters, inputs, batch=2000)
            shares = data.task.probabilities(outputs, trainer.network.output_activation)
        values = shares.reshape(self.resolution, self.resolution, -1)
        values.flags.writeable = False
        return PlaneMap(
            low, high, values, data, self._contours(values, low, high) if data.task.is_classification else (),
            self._wrong(trainer, "train"), self._wrong(trainer, "test"),
        )  # fmt: skip

    def _contours(self, values: Array, low: float, high: float) -> tuple[Lines, ...]:
        classes = range(values.shape[2] if self.levels else 0)
        return tuple(read_only(contours(values[:, :, k], self.levels, low, high)) for k in classes)

    def _wrong(self, trainer: Trainer, side: str) -> NDArray[np.bool_]:
        if not trainer.data.task.is_classification or not self.samples:
            return np.zeros(0, np.bool_)
        found = answers(trainer, side, self.samples)
        return read_only(found.predicted != found.labels)
