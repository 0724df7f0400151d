"""Teaching a network one drawing: it is learnt at once, and what that costs elsewhere is measured."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.augmentations import Augmentation
from nnplayground.data.augmentations.images import Images
from nnplayground.data.datasets import Dataset
from nnplayground.data.task import Data
from nnplayground.engine.arrays import Array
from nnplayground.engine.metrics import accuracy
from nnplayground.engine.network import Network
from nnplayground.engine.optimizers.adam import Adam
from nnplayground.engine.plan import Plan, predict
from nnplayground.text import Problem, Text
from nnplayground.training.inspection.parts import multiplications

COPIES = 8
"""The drawing itself and augmented copies of it, new ones in each step."""
REHEARSED = 120
"""Training samples in each step that keep the network from forgetting them: the cost grows with the drawing's share."""
REHEARSED_BY_LARGE = 56
"""The same for a network of more than half a million multiplications, which has to do with fewer in the time."""
RATE = 1e-4
"""Of Adam at first, a tenth of its usual one: each step breaks less of what is known."""
GROWTH, FASTEST = 1.1, 1e-3
"""The rate grows from step to step until the drawing is known for the first time, so that it comes to be known in time;
then the rehearsal at that rate mends what was broken."""
SURE = 0.7
"""Share that the drawing must get, and half of its copies the right answer, before the lesson ends."""
SETTLED = 40
"""Steps on which it must be so, while the rehearsal mends what the first ones broke."""
STEPS = 400
"""Steps at the most."""
SECONDS = 1.2
"""Time at the most; the rest of two seconds is for the test."""
FEW = 6_000
"""Samples that are loaded for a lesson alone."""
TESTED = 1_000
"""Test samples whose answers tell what was forgotten."""


@dataclass(frozen=True, eq=False)
class Lesson:
    """One drawing `row` (features,) learnt as class `label`.

    `before` and `after` (classes,) are its shares of the classes, `accuracy_before` and `accuracy_after` those of right
    answers in the test; with `parameters_before` (size,) in place of `parameters_after` the lesson is undone.
    """

    row: Array
    label: int
    before: Array
    after: Array
    accuracy_before: float
    accuracy_after: float
    parameters_before: Array
    parameters_after: Array
    steps: int

    @property
    def is_learnt(self) -> bool:
        """Whether the drawing is now read as what it was said to be."""
        return int(self.after.argmax()) == self.label

    @property
    def forgotten(self) -> float:
        """Share of the test that is answered worse than before; below 0 if better."""
        return self.accuracy_before - self.accuracy_after

    @property
    def is_costly(self) -> bool:
        """Whether it cost more than a point of accuracy: shown in red."""
        return self.forgotten > 0.01


def teach(
    network: Network, parameters: Array, data: Data, row: Array, label: int, augment: Augmentation | None = None
) -> Lesson:
    """Learn `row` (features,) as `label`, and copies of it changed by `augment` (images: moved, turned, bent).

    Changes nothing; the parameters to go on with are in the lesson. Raises `Problem` for a class there is not.
    """
    if not data.task.is_classification or not 0 <= label < len(data.task.classes):
        raise Problem(_NO_CLASS.format(label=label))
    school = _School(network, parameters, data, row, label, augment or Images())
    before, tested = school.shares(), school.test()
    steps = school.learn()
    kept = [parameters.copy(), school.parameters]
    for array in kept:
        array.flags.writeable = False
    return Lesson(row.copy(), label, before, school.shares(), tested, school.test(), kept[0], kept[1], steps)


class _School:
    """The network's parameters while they learn, and what they learn from."""

    def __init__(
        self, network: Network, parameters: Array, data: Data, row: Array, label: int, augment: Augmentation
    ) -> None:
        self.network, self.data, self._row, self._label = network, data, row, label
        self.parameters: Array = parameters.astype(np.float32)
        self._augment = augment if augment.fits(data.input_shape) else None
        self._rng = np.random.default_rng(0)
        self._gradients = np.zeros(network.trainable, np.float32)
        # As in inference: one drawing many times over would spoil the running means of a batch normalization.
        self._rehearsed = REHEARSED if multiplications(network) < 500_000 else REHEARSED_BY_LARGE
        self._plan = Plan(network, COPIES + self._rehearsed, self.parameters, self._gradients)
        self._plan.targets[:COPIES] = self._targets(np.full(COPIES, label))

    def _targets(self, labels: NDArray[np.generic]) -> Array:
        units = int(self.network.output_shape[0])
        return self.data.task.targets(labels, units, self.network.output_activation)

    def shares(self) -> Array:
        """What the network says of the drawing, (classes,)."""
        with np.errstate(all="ignore"):
            outputs = predict(self.network, self.parameters, self._row[None])
            found: Array = self.data.task.probabilities(outputs, self.network.output_activation)[0]
        return found

    def test(self) -> float:
        """Share of right answers in the test."""
        with np.errstate(all="ignore"):
            outputs = predict(self.network, self.parameters, self.data.x_test[:TESTED], 200)
            shares = self.data.task.probabilities(outputs, self.network.output_activation)
        return accuracy(shares, self.data.test_labels[:TESTED])

    def learn(self) -> int:
        """Take steps until the drawing is known; returns how many."""
        optimizer, learnt = Adam(), self.parameters[: self.network.trainable]
        state = [np.zeros_like(learnt) for _ in range(optimizer.slots)]
        work, end = np.empty_like(learnt), time.monotonic() + SECONDS
        settled, rate = 0, RATE
        for step in range(1, STEPS + 1):
            self._fill()
            self._plan.forward()
            is_known = self._is_known()
            settled += is_known
            if (is_known and settled > SETTLED) or time.monotonic() > end:
                return step - 1
            rate = rate if settled else min(rate * GROWTH, FASTEST)
            self._plan.backward()
            optimizer.update(learnt, self._gradients, state, work, rate, step)
        return STEPS

    def _fill(self) -> None:
        """The drawing, its copies, and samples to rehearse."""
        rows = self._plan.rows
        rows[:COPIES] = self._row
        if self._augment is not None:
            copies = rows[1:COPIES].copy()
            self._augment.apply(copies, self.data.input_shape, self._rng)
            rows[1:COPIES] = copies
        chosen = self._rng.integers(len(self.data.x_train), size=self._rehearsed)
        rows[COPIES:] = self.data.x_train[chosen]
        self._plan.targets[COPIES:] = self._targets(self.data.train_labels[chosen])

    def _is_known(self) -> bool:
        outputs = self._plan.outputs[:, :COPIES].T
        shares = self.data.task.probabilities(outputs, self.network.output_activation)
        right = np.count_nonzero(shares.argmax(axis=1) == self._label)
        return bool(shares[0, self._label] >= SURE and right * 2 >= COPIES)


def few_samples(dataset: Dataset) -> Data:
    """Enough of `dataset` to rehearse and to test with, where all of it is not loaded and would take long."""
    known = {o.name for o in dataset.options()}
    fewer = {name: min(getattr(dataset, name), FEW) for name in ("samples", "generated") if name in known}
    return dataset.replace(**fewer).load()


TAUGHT = Text("taught: {name}", "教えた文字: {name}")
_NO_CLASS = Text(
    "{label} is no class of this data; choose one of its classes to teach.",
    "{label} はこのデータのクラスではありません。教えるクラスをデータのクラスから選んでください。",
)
