"""The gradient of a training step by numerical differentiation: to compare with backpropagation, results and time."""

from __future__ import annotations

import numpy as np

from nnplayground.engine.arrays import Array, Pass
from nnplayground.engine.numerical import NumericalGradient
from nnplayground.engine.plan import Plan


def differences(plan: Plan, parameters: Array, gradients: Array, rng: np.random.Generator) -> Pass:
    """A pass that goes forward in `plan`, which draws from `rng`, and writes the gradient of that very loss to `gradients`.

    It takes two losses for each parameter.
    """
    subject = NumericalGradient(plan.network, plan.batch)

    def run() -> None:
        subject.draws_from = rng.bit_generator.state
        plan.forward()
        subject.parameters[...] = parameters
        subject.plan.rows[...], subject.plan.targets[...] = plan.rows, plan.targets
        subject.plan.weights = plan.weights
        gradients[...] = plan.step_size * subject.slopes(range(len(gradients)))

    return run
