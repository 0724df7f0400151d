"""The gradient of a training step by numerical differentiation: to compare with backpropagation, results and time."""

from __future__ import annotations

from nnplayground.engine.arrays import Array, Pass
from nnplayground.engine.numerical import NumericalGradient
from nnplayground.engine.plan import Plan


def differences(plan: Plan, parameters: Array, gradients: Array) -> Pass:
    """A pass that writes the gradient for the batch in `plan` to `gradients`, from two losses for each parameter."""
    subject = NumericalGradient(plan.network, plan.batch)

    def run() -> None:
        subject.parameters[...] = parameters
        subject.plan.rows[...], subject.plan.targets[...] = plan.rows, plan.targets
        subject.plan.weights = plan.weights
        gradients[...] = plan.step_size * subject.slopes(range(len(gradients)))

    return run
