"""A run's chart: what the training doctor measures, each thing when it is first asked for."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.activations import Activation
from nnplayground.engine.arrays import Array
from nnplayground.engine.plan import Plan
from nnplayground.training.experiment import Experiment
from nnplayground.training.history import Curves
from nnplayground.training.inspection.parts import multiplications
from nnplayground.training.probes._passes import affordable, forward, quiet
from nnplayground.training.probes.gradient_sizes import GradientSizes, Sizes
from nnplayground.training.probes.unit_health import LayerHealth, UnitHealth, layer_health
from nnplayground.training.run import Run
from nnplayground.training.surgery.carrier import value_range
from nnplayground.training.trainer import Diverged, Trainer

Floats = NDArray[np.float64]
SAMPLES = 300
"""Training samples that are looked at."""
TRIAL_STEPS = 10
"""Steps that a twin of the run tries: enough to leave a lucky batch behind."""
FEWEST_STEPS = 3
TRIAL_BUDGET = 2e9
"""Multiplications for all of them: a large network tries fewer, so that clicks need not wait."""


@dataclass(frozen=True, eq=False)
class Trial:
    """Steps of a twin at another rate, each judged on its own batch.

    `before` and `after` (n,) are the batch's losses on both sides of the step, `promised` (n,) what the gradient said the
    step would gain. A step far below the edge of stability gains what was promised, one at the best rate half of it,
    and one beyond the edge loses.
    """

    before: Floats
    after: Floats
    promised: Floats

    @property
    def gained(self) -> Floats:
        return self.before - self.after


class Chart:
    """The run as it is now; nothing of it is changed."""

    def __init__(self, run: Run) -> None:
        self.trainer: Trainer = run.load()
        self.experiment: Experiment = run.experiment
        self.curves: Curves = run.history.curves()
        self.diverged: Diverged | None = run.diverged
        start = run.timeline.before(0)
        same = start is not None and len(start.checkpoint.parameters) == self.trainer.network.size
        self.first_parameters: Array = start.checkpoint.parameters if start and same else self.trainer.parameters
        """Those the run began with, or those of now if its layers have changed since."""

    @property
    def _rows(self) -> Array:
        return self.trainer.data.x_train[: affordable(self.trainer.network, SAMPLES)]

    @cached_property
    def knowing_nothing(self) -> float:
        """The loss of the best answer that is the same for every sample: where learning begins."""
        targets = self.trainer.targets
        constant = np.broadcast_to(targets.mean(axis=0)[:, None], (targets.shape[1], len(targets)))
        with quiet():
            return self.experiment.loss.value(np.ascontiguousarray(constant), targets.T)

    @cached_property
    def loss_by_window(self) -> Floats:
        """Mean loss of successive windows of ten batches or more, which evens out the luck of single batches."""
        mean = self.curves.mean
        size = max(1, 10 // max(1, self.curves.steps_per_point))
        count = len(mean) // size
        windows: Floats = mean[: count * size].reshape(count, size).mean(axis=1)
        return windows

    @cached_property
    def health(self) -> tuple[LayerHealth, ...]:
        """Flat and dead units, layer by layer."""
        return UnitHealth(SAMPLES).compute(self.trainer)

    @cached_property
    def first_health(self) -> tuple[LayerHealth, ...]:
        """The same with the first parameters."""
        return layer_health(self.trainer.network, self.first_parameters, self._rows)

    @cached_property
    def sizes(self) -> Sizes:
        """Size of the gradient in each layer."""
        return GradientSizes(SAMPLES).compute(self.trainer)

    @cached_property
    def first_sums(self) -> Floats:
        """Root mean square of each layer's sums with the first parameters, (layers with weights,)."""
        plan = self._forward(self.first_parameters)
        return np.array([_rms(plan.pre_activations(i)) for i in self.weighted])

    @cached_property
    def spreads(self) -> Floats:
        """How much the outputs of each hidden layer with weights differ between samples, now: (hidden layers,)."""
        plan = self._forward(self.trainer.parameters)
        outputs = [plan.activations(i) for i in self.weighted[:-1]]
        with quiet():
            return np.array([float(np.mean(a.reshape(-1, a.shape[-1]).std(axis=1))) for a in outputs])

    @cached_property
    def weighted(self) -> list[int]:
        """The layers that have weights."""
        return [i for i, named in enumerate(self.trainer.network.addresses) if "W" in named]

    def trial(self, factor: float) -> Trial | None:
        """A few steps of a twin at `factor` times the rate; None if that rate cannot be set or they explode."""
        rate = self.experiment.learning_rate * factor
        option = next(o for o in Experiment.options() if o.name == "learning_rate")
        if option.high is not None and rate > option.high:
            return None
        twin = self.trainer.fork()
        twin.configure(self.experiment.replace(learning_rate=rate))
        try:
            found = [_judged(twin) for _ in range(self._trial_steps)]
        except Diverged:
            return None
        before, after, promised = np.array(found).T
        return Trial(before, after, promised)

    @property
    def _trial_steps(self) -> int:
        cost = 9 * multiplications(self.trainer.network) * self.experiment.batch_size
        return int(min(TRIAL_STEPS, max(FEWEST_STEPS, TRIAL_BUDGET / max(1, cost))))

    def _forward(self, parameters: Array) -> Plan:
        return forward(self.trainer.network, parameters, self._rows)


def _judged(twin: Trainer) -> tuple[float, float, float]:
    """One step: the loss of its batch before and after it, and the gain that the gradient promised."""
    before = twin.parameters.copy()
    twin.step()
    after = twin.parameters.copy()
    with quiet():
        twin.parameters[...] = before
        loss, gradient = twin.replay()
        moved = (after - before)[: len(gradient)]
        twin.parameters[...] = after
        lower, _ = twin.replay()
        twin.parameters[...] = after
        return loss, lower, -float(np.dot(gradient, moved))


def is_bounded(activation: Activation) -> bool:
    """Whether the function flattens out on both sides, as sigmoid and tanh do."""
    if not activation.elementwise or activation.sums_per_unit != 1:
        return False
    return all(math.isfinite(end) for end in value_range(activation)) and activation.id != "step"


def _rms(values: Array) -> float:
    with quiet():
        return float(np.sqrt(np.mean(np.square(values, dtype=np.float64))))
