"""A network bound to a batch size: every array made once, every pass a call without allocation."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from nnplayground.engine.arrays import Array, Binding, Buffer, Pass, nothing
from nnplayground.engine.losses import mean
from nnplayground.engine.network import Network, Operation


class Plan:
    """Forward and backward of `network` for batches of `batch` samples.

    Fill `rows` (batch, features; one sample a row) and, to train, `targets` (batch, outputs); call `forward`,
    `loss`, `backward`; read `outputs` (outputs, batch) and the gradient vector. `parameters` and `gradients` are the
    caller's flat vectors and may change between calls. Without `gradients` the plan only predicts. `weights` (batch,),
    if set, say how much each sample counts. `rows` (batch, features + 1, ending in ones) and `targets` may be arrays of
    the caller's. `to_input` asks for `input_gradient` (*input shape, batch) too. Units that
    the network silences give 0 and pass no gradient back.
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
        to_input: bool = False,
        rows: Array | None = None,
        targets: Array | None = None,
    ) -> None:
        self.network = network
        self.batch = batch
        self._dtype: DTypeLike = parameters.dtype
        features, outputs = math.prod(network.spec.input_shape), math.prod(network.output_shape)
        self.rows_with_ones: Array = np.ones((batch, features + 1), self._dtype) if rows is None else rows
        self.rows: Array = self.rows_with_ones[:, :-1]
        self.targets: Array = np.zeros((batch, outputs), self._dtype) if targets is None else targets
        self._weights: Array | None = None
        self._scale: Array = np.empty(batch, self._dtype)
        self.nbytes = 2 * self.rows_with_ones.nbytes
        """Bytes of the values and gradients of a batch, roughly."""
        self._sums: list[Array] = []
        self._activations: list[Array] = []
        self._sum_gradients: list[Array] = []
        self._forwards: list[Pass] = []
        self._backwards: list[Pass] = []
        self._fused = network.spec.loss.fuses(network.output_activation)
        first = self._first()
        dx = Buffer(network.spec.input_shape, batch, self._dtype) if to_input and gradients is not None else None
        self.input_gradient: Array | None = None if dx is None else dx.value
        d = self._bind(first, dx, parameters, gradients, training, rng or np.random.default_rng(0))
        self._judged_gradient = d
        self._from_judged = tuple(self._backwards)
        self._backwards[:0] = [] if d is None else self._loss_passes(d)
        self.passes: tuple[Pass, ...] = (*self._forwards, *self._backwards)
        """`forward` and `backward` in one: whoever counts microseconds calls them itself."""
        self.weights = None

    def _first(self) -> Buffer:
        """The input with samples last: the rows seen sideways, or a copy of them where a window will slide over it."""
        shape = self.network.spec.input_shape
        sideways = Buffer(shape, self.batch, self._dtype, full=self.rows_with_ones.T)
        computing = [o for o in self.network.operations if not o.is_view]
        if not computing or len(computing[0].input_shape) == 1:
            return sideways
        image = Buffer(shape, self.batch, self._dtype)
        self._forwards.append(lambda: np.copyto(image.full, sideways.full))
        return image

    def _bind(
        self,
        x: Buffer,
        dx: Buffer | None,
        parameters: Array,
        gradients: Array | None,
        training: bool,
        rng: np.random.Generator,
    ) -> Array | None:
        """Give every operation its arrays and collect the passes; returns where the gradient of the loss goes."""
        sums = x
        operations = self.network.operations
        for operation in operations:
            y, dy = self._outputs_of(operation, x, dx, gradients is not None)
            if not operation.is_view:
                slopes = {} if gradients is None else operation.views(gradients)
                binding = Binding(x, y, dx, dy, operation.views(parameters), slopes, training, rng)
                forward, backward = operation.op.bind(binding)
                self._forwards.append(forward)
                if dy is not None and backward is not nothing and not (self._fused and operation is operations[-1]):
                    self._backwards.insert(0, backward)
            if operation.is_activation:
                self._activations[-1] = y.value
            else:
                sums = y
                self._sums.append(y.value)
                self._activations.append(y.value)
                if dy is not None:
                    self._sum_gradients.append(dy.value)
            if operation in self.network.silencing:
                self._silence(self.network.silencing[operation], y, dy)
            x, dx = y, dy
        self.outputs: Array = x.full[:-1]
        self.judged: Array = sums.full[:-1] if self._fused else self.outputs
        """What the loss is computed from, (outputs, batch): sums if it takes them, otherwise the outputs."""
        return None if dx is None else dx.full[:-1]

    def _loss_passes(self, d: Array) -> list[Pass]:
        """Write the gradient of the mean loss by the outputs (by the sums if the loss takes those) to `d`."""
        loss = self.network.spec.loss
        slope = partial(loss.fused_slope if self._fused else loss.slope, self.outputs, self.targets.T, d)
        return [slope, partial(np.multiply, d, self._scale, d)]

    @property
    def weights(self) -> Array | None:
        """How much each sample counts, (batch,), or None: all the same."""
        return self._weights

    @weights.setter
    def weights(self, weights: Array | None) -> None:
        factor = self.network.spec.loss.factor(len(self.outputs)) / self.batch
        scale = factor / self.network.output_activation.temperature if self._fused else factor
        self._weights = weights
        self._scale[...] = scale if weights is None else scale * weights

    def _silence(self, units: NDArray[np.intp], y: Buffer, dy: Buffer | None) -> None:
        """Hold some units at 0: their values going forward, their gradients going back."""
        self._forwards.append(lambda: y.value.__setitem__(units, 0))
        if dy is not None:
            self._backwards.insert(0, lambda: dy.value.__setitem__(units, 0))

    def _outputs_of(
        self, operation: Operation, x: Buffer, dx: Buffer | None, learning: bool
    ) -> tuple[Buffer, Buffer | None]:
        """Arrays for the values after `operation` and their gradient.

        A change of shape shares those before it; an activation changes the gradient in place.
        """
        shape = operation.output_shape

        def made(full: Array | None = None) -> Buffer:
            return Buffer(shape, self.batch, self._dtype, full)

        y = made(x.full) if operation.is_view else made()
        self.nbytes += 2 * y.full.nbytes
        if not learning:
            return y, None
        same_size = math.prod(shape) == math.prod(operation.input_shape)
        shares = operation.is_view or (operation.is_activation and same_size)
        return y, made(dx.full) if dx is not None and shares else made()

    def forward(self) -> None:
        """From `rows` to `outputs`."""
        for step in self._forwards:
            step()

    def losses(self) -> Array:
        """The loss of every sample of the last forward, (batch,), without the weights."""
        return self.losses_of(self.judged, self.targets.T)

    def losses_of(self, judged: Array, t: Array) -> Array:
        """The loss of every sample, from what `judged` of some plans was, and the targets; (outputs, batch) each."""
        loss, temperature = self.network.spec.loss, self.network.output_activation.temperature
        if not self._fused:
            return loss.each(judged, t)
        return loss.fused_each(judged if temperature == 1 else judged / temperature, t)

    def loss(self) -> float:
        """Mean loss of the last forward against `targets`."""
        return mean(self.losses(), self.weights)

    def backward(self) -> None:
        """The gradient of the mean loss of the last forward, written over the gradient vector."""
        for step in self._backwards:
            step()

    def backward_from(self, d: Array) -> None:
        """The gradient of something else than the loss: `d` (outputs, batch) is its gradient by `judged`."""
        assert self._judged_gradient is not None
        np.copyto(self._judged_gradient, d)
        for step in self._from_judged:
            step()

    def pre_activations(self, index: int) -> Array:
        """Sums of layer `index`, shape (*layer shape, batch), of the last forward."""
        return self._sums[index]

    def sum_gradients(self, index: int) -> Array:
        """dL/du of layer `index`'s sums u, shape (*layer shape, batch), of the last backward."""
        return self._sum_gradients[index]

    def activations(self, index: int) -> Array:
        """Outputs of layer `index`, shape (*layer shape, batch), of the last forward."""
        return self._activations[index]


def predict(network: Network, parameters: Array, rows: Any, batch: int = 1000) -> Array:
    """Outputs (samples, outputs) for `rows` (samples, features), in inference mode."""
    rows = np.asarray(rows)
    if len(rows) == 0:
        return np.zeros((0, math.prod(network.output_shape)), parameters.dtype)
    parts, plan = [], None
    for start in range(0, len(rows), batch):
        part = rows[start : start + batch]
        if plan is None or plan.batch != len(part):
            plan = Plan(network, len(part), parameters)
        plan.rows[...] = part
        plan.forward()
        parts.append(plan.outputs.T.copy())
    return np.concatenate(parts)
