"""A network bound to a batch size: every array made once, every pass a call without allocation."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from nnplayground.engine.arrays import Array, Binding, Buffer, Pass
from nnplayground.engine.losses import Head
from nnplayground.engine.network import Network


class Plan:
    """Forward and backward of `network` for batches of `batch` samples.

    Fill `rows` (batch, features; one sample a row) and, to train, `targets` (batch, outputs); call `forward`,
    `loss`, `backward`; read `outputs` (outputs, batch) and the gradient vector. `parameters` and `gradients` are the
    caller's flat vectors and may change between calls. Without `gradients` the plan only predicts.
    """

    def __init__(
        self,
        network: Network,
        batch: int,
        parameters: Array,
        gradients: Array | None = None,
        *,
        training: bool = False,
        rng: np.random.Generator | None = None,
    ) -> None:
        self.network = network
        self.batch = batch
        dtype: DTypeLike = parameters.dtype
        features = int(np.prod(network.spec.input_shape))
        stored = np.ones((batch, features + 1), dtype)
        self.rows_with_ones = stored
        self.rows: Array = stored[:, :-1]
        first = Buffer(network.spec.input_shape, batch, dtype, full=stored.T)
        outputs = int(np.prod(network.output_shape))
        self.targets: Array = np.zeros((batch, outputs), dtype)
        rng = rng or np.random.default_rng(0)

        learning = gradients is not None
        last = len(network.operations) - 1
        fused = network.spec.loss.fuses(network.output_activation)
        forwards: list[Pass] = []
        backwards: list[Pass] = []
        self._sums: list[Array] = []
        self._activations: list[Array] = []
        x, dx = first, None
        sums = first
        for i, operation in enumerate(network.operations):
            y = Buffer(operation.output_shape, batch, dtype)
            dy = (
                None
                if not learning
                else dx
                if operation.is_activation
                else Buffer(operation.output_shape, batch, dtype)
            )
            binding = Binding(
                x, y, dx, dy,
                {n: parameters[s].reshape(b.shape) for (n, s), b in zip(operation.slots.items(), operation.blocks, strict=True)},
                {} if gradients is None else {
                    n: gradients[s].reshape(b.shape)
                    for (n, s), b in zip(operation.slots.items(), operation.blocks, strict=True) if b.trainable
                },
                training, rng,
            )  # fmt: skip
            forward, backward = operation.op.bind(binding)
            forwards.append(forward)
            if learning and not (fused and i == last):
                backwards.append(backward)
            if operation.is_activation:
                self._activations[-1] = y.value
            else:
                sums = y
                self._sums.append(y.value)
                self._activations.append(y.value)
            x, dx = y, dy
        self.outputs: Array = x.full[:-1]
        before_activation = sums.full[:-1]
        gradient = None if dx is None else dx.full[:-1]
        self._head = Head(before_activation, self.outputs, self.targets.T, gradient)
        self._forwards = tuple(forwards)
        self._backwards = tuple(reversed(backwards))
        self._fused = fused

    def forward(self) -> None:
        """From `rows` to `outputs`."""
        for step in self._forwards:
            step()

    def loss(self) -> float:
        """Mean loss of the last forward against `targets`."""
        loss = self.network.spec.loss
        return loss.fused_value(self._head) if self._fused else loss.value(self._head.y, self._head.t)

    def backward(self) -> None:
        """The gradient of the mean loss of the last forward, written over the gradient vector."""
        loss, head = self.network.spec.loss, self._head
        if self._fused:
            loss.fused_gradient(head)
        else:
            assert head.d is not None
            loss.gradient(head.y, head.t, head.d)
        for step in self._backwards:
            step()

    def pre_activations(self, index: int) -> Array:
        """Sums of layer `index`, shape (*layer shape, batch), of the last forward."""
        return self._sums[index]

    def activations(self, index: int) -> Array:
        """Outputs of layer `index`, shape (*layer shape, batch), of the last forward."""
        return self._activations[index]


def predict(network: Network, parameters: Array, rows: Any, batch: int = 1000) -> Array:
    """Outputs (samples, outputs) for `rows` (samples, features), in inference mode."""
    rows = np.asarray(rows)
    if len(rows) == 0:
        return np.zeros((0, int(np.prod(network.output_shape))), parameters.dtype)
    parts, plan = [], None
    for start in range(0, len(rows), batch):
        part = rows[start : start + batch]
        if plan is None or plan.batch != len(part):
            plan = Plan(network, len(part), parameters)
        plan.rows[...] = part
        plan.forward()
        parts.append(plan.outputs.T.copy())
    return np.concatenate(parts)
