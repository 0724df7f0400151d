"""A network bound to a batch size: every array made once, every pass a call without allocation."""

from __future__ import annotations

import math
from collections.abc import Iterator
from copy import copy
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from nnplayground.engine.arrays import Array, Pass, single
from nnplayground.engine.losses import mean
from nnplayground.engine.network import Network
from nnplayground.engine.wiring import Wiring
from nnplayground.text import Problem, Text

INPUTS = Text("The samples", "データ")
TARGETS = Text("The targets", "目標値")
SHAPE = Text(
    "{what} have the shape {shape}; give one row of {width} numbers for each sample.",
    "{what}の形が {shape} です。1 件につき {width} 個の数の行にしてください。",
)

ROOM = 500_000_000
"""Bytes that predicting may take at a time; only very wide layers of images need so much for a few samples."""


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
        features, outputs = math.prod(network.spec.input_shape), math.prod(network.output_shape)
        dtype: DTypeLike = parameters.dtype
        self.rows_with_ones: Array = np.ones((batch, features + 1), dtype) if rows is None else rows
        self.rows: Array = self.rows_with_ones[:, :-1]
        self.targets: Array = np.zeros((batch, outputs), dtype) if targets is None else targets
        self._fused = network.spec.loss.fuses(network.output_activation)
        self._wiring = wiring = Wiring(
            network, self.rows_with_ones, parameters, gradients,
            training=training, rng=rng or np.random.default_rng(0), to_input=to_input, skips_last=self._fused,
        )  # fmt: skip
        self.nbytes = wiring.nbytes
        """Bytes of the values and gradients of a batch, roughly."""
        self.outputs: Array = wiring.outputs
        self.input_gradient: Array | None = wiring.input_gradient
        self.judged: Array = wiring.last_sums if self._fused else self.outputs
        """What the loss is computed from, (outputs, batch): sums if it takes them, otherwise the outputs."""
        self._weights: Array | None = None
        self._step_size = 1.0
        self._prepare()

    def _prepare(self) -> None:
        self._scale: Array = np.empty_like(self.outputs)
        self._set_scale()
        self._forwards, self._from_judged = single(self._wiring.forwards), single(self._wiring.backwards)
        self._backwards = (*self._loss_passes(), *self._from_judged)
        self.passes: tuple[Pass, ...] = (*self._forwards, *self._backwards)
        """`forward` and `backward` in one: whoever counts microseconds calls them itself."""
        self.step = self.passes
        """`passes`, and after them what moves the parameters, if somebody has put that here."""

    def beside(self, rows: Array, targets: Array) -> Plan:
        """A plan for other `rows` and `targets` that works in the same arrays: only one of the two is up to date."""
        twin = copy(self)
        twin.rows_with_ones, twin.rows, twin.targets = rows, rows[:, :-1], targets
        twin._wiring = self._wiring.beside(rows)
        twin._prepare()
        return twin

    def _loss_passes(self) -> list[Pass]:
        """Write the gradient of the mean loss by the outputs (by the sums if the loss takes those)."""
        loss, d = self.network.spec.loss, self._wiring.last_gradient
        if d is None:
            return []
        slope = partial(loss.fused_slope if self._fused else loss.slope, self.outputs, self.targets.T, d)
        return [slope, partial(np.multiply, d, self._scale, d)]

    @property
    def weights(self) -> Array | None:
        """How much each sample counts, (batch,), or None: all the same."""
        return self._weights

    @weights.setter
    def weights(self, weights: Array | None) -> None:
        self._weights = weights
        self._set_scale()

    @property
    def step_size(self) -> float:
        """What the whole gradient is multiplied by: where there are few numbers, at the loss, it costs nothing."""
        return self._step_size

    @step_size.setter
    def step_size(self, size: float) -> None:
        self._step_size = size
        self._set_scale()

    def _set_scale(self) -> None:
        factor = self._step_size * self.network.spec.loss.factor(len(self.outputs)) / self.batch
        scale = factor / self.network.output_activation.temperature if self._fused else factor
        self._scale[...] = scale if self._weights is None else scale * self._weights

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
        assert self._wiring.last_gradient is not None
        np.copyto(self._wiring.last_gradient, d)
        for step in self._from_judged:
            step()

    def pre_activations(self, index: int) -> Array:
        """Sums of layer `index`, shape (*layer shape, batch), of the last forward."""
        return self._wiring.sums[index]

    def sum_gradients(self, index: int) -> Array:
        """dL/du of layer `index`'s sums u, shape (*layer shape, batch), of the last backward.

        Layers before the first parameters have it only with `to_input`.
        """
        found = self._wiring.sum_gradients[index]
        assert found is not None
        return found

    def activations(self, index: int) -> Array:
        """Outputs of layer `index`, shape (*layer shape, batch), of the last forward."""
        return self._wiring.activations_of(index)


def table(values: Any, width: int, what: Text) -> Array:
    """`values` as an array (samples, `width`); raises `Problem` if they are of another shape."""
    found: Array = np.asarray(values)
    if found.ndim != 2 or found.shape[1] != width:
        raise Problem(SHAPE.format(what=what, shape=found.shape, width=width))
    return found


def predict(network: Network, parameters: Array, rows: Any, batch: int = 1000) -> Array:
    """Outputs (samples, outputs) for `rows` (samples, features), in inference mode."""
    rows = table(rows, math.prod(network.spec.input_shape), INPUTS)
    outputs = np.empty((len(rows), math.prod(network.output_shape)), parameters.dtype)
    for part, plan in _forwards(network, parameters, rows, batch):
        outputs[part] = plan.outputs.T
    return outputs


def judge(
    network: Network, parameters: Array, rows: Any, targets: Array, batch: int = 1000, *, judged: bool = False
) -> tuple[Array, Array]:
    """As `predict`, and the loss of every sample for `targets` (samples, outputs): from the sums, as in training.

    With `judged` the first are not the outputs, but what the loss is computed from, as `Plan.judged`.
    """
    rows = table(rows, math.prod(network.spec.input_shape), INPUTS)
    outputs, each = np.empty(targets.shape, parameters.dtype), np.empty(len(rows), parameters.dtype)
    for part, plan in _forwards(network, parameters, rows, batch):
        outputs[part] = (plan.judged if judged else plan.outputs).T
        each[part] = plan.losses_of(plan.judged, targets[part].T)
    return outputs, each


def _forwards(network: Network, parameters: Array, rows: Array, batch: int) -> Iterator[tuple[slice, Plan]]:
    """Each part of `rows`, in inference mode, in a plan that has gone forward."""
    batch = max(1, min(batch, ROOM // network.memory(1)))
    plan = None
    for start in range(0, len(rows), batch):
        part = slice(start, min(start + batch, len(rows)))
        if plan is None or plan.batch != part.stop - start:
            plan = Plan(network, part.stop - start, parameters)
        plan.rows[...] = rows[part]
        plan.forward()
        yield part, plan
