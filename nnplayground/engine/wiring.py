"""The arrays between the operations of a network for one batch, and the passes over them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from copy import copy
from functools import partial
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.activations import PIECE, Activation
from nnplayground.engine.arrays import Array, Binding, Buffer, Pass, nothing
from nnplayground.engine.layers import Layer
from nnplayground.engine.network import Network, Operation


class Wiring:
    """Made once for each plan. `rows` is (batch, features + 1) and ends in a column of ones.

    `skips_last` leaves out the way back through the last activation, for a loss that knows it.
    """

    def __init__(
        self,
        network: Network,
        rows: Array,
        parameters: Array,
        gradients: Array | None,
        *,
        training: bool,
        rng: np.random.Generator,
        to_input: bool,
        skips_last: bool,
    ) -> None:
        self._network = network
        self._batch = len(rows)
        self._dtype = rows.dtype
        self._image: Buffer | None = None
        self._entry: tuple[Operation, Buffer, Buffer | None, Buffer | None] | None = None
        """The first operation that computes, its output, and the gradients by its input and output."""
        self._vectors = (parameters, gradients)
        self._training, self._rng = training, rng
        self.sums: list[Array] = []
        self._activations: list[Array] = []
        self._late: dict[int, Activation] = {}
        """Activations computed after the pooling that follows them; `_activations` has the layer's sums instead."""
        self.sum_gradients: list[Array | None] = []
        self.forwards: list[Pass] = []
        self.backwards: list[Pass] = []
        self.nbytes = 2 * rows.nbytes
        x = self._first(rows)
        made = to_input and gradients is not None
        dx = Buffer(network.spec.input_shape, self._batch, rows.dtype) if made else None
        self.input_gradient: Array | None = None if dx is None else dx.value
        operations = network.operations
        learning = gradients is not None
        self._pooled: Mapping[Operation, Pool] = pools(operations, self._batch, rows.dtype) if learning else {}
        waiting: Activation | None = None
        for operation, after in zip_longest(operations, operations[1:]):
            late = self._late_activation(operation, after) if learning else None
            if late is not None:
                self._late[operation.index] = waiting = late
                continue
            silent_back = skips_last and operation is operations[-1]
            x, dx = self._connect(operation, x, dx, silent_back)
            if waiting is not None:
                self._append(*waiting.bind(Binding(x, x, dx, dx, {}, {}, training, rng)))
                waiting = None
        for pool in dict.fromkeys(self._pooled.values()):
            self.backwards.insert(0, pool.fill)
        self.outputs: Array = x.full[:-1]
        self.last_sums: Array = self.sums[-1].reshape(-1, self._batch)
        self.last_gradient: Array | None = None if dx is None else dx.full[:-1]
        """Where the gradient of the loss goes, (outputs, batch), before the first of `backwards`."""

    def _late_activation(self, operation: Operation, after: Operation | None) -> Activation | None:
        """The activation, if it gives the same after the pooling that follows it, where there are fewer numbers."""
        op, pooling = operation.op, after.op if after is not None else None
        if not isinstance(op, Activation) or not isinstance(pooling, Layer) or operation in self._network.silencing:
            return None
        return op if op.commutes_with_maximum and pooling.takes_maximum else None

    def activations_of(self, index: int) -> Array:
        """Outputs of layer `index`, shape (*layer shape, batch); computed now if no pass needs them."""
        found = self._activations[index]
        if index not in self._late:
            return found
        outputs = np.empty_like(found)
        self._late[index].forward(found, outputs)
        return outputs

    def beside(self, rows: Array) -> Wiring:
        """The same for other `rows`: all arrays are shared, and only the passes that see the input are its own."""
        twin = copy(self)
        twin.forwards, twin.backwards = list(self.forwards), list(self.backwards)
        if self._image is not None:
            twin.forwards[0] = partial(np.copyto, self._image.full, rows.T)
        elif self._entry is not None:
            operation, y, dx, dy = self._entry
            x = Buffer(operation.input_shape, self._batch, self._dtype, full=rows.T)
            twin.forwards[0], backward = self._passes(operation, x, y, dx, dy)
            if dy is not None and backward is not nothing:
                twin.backwards[-1] = backward
        return twin

    def _first(self, rows: Array) -> Buffer:
        """The input with samples last: the rows seen sideways, or a copy of them where a window will slide over it."""
        shape = self._network.spec.input_shape
        computing = [o for o in self._network.operations if not o.is_view]
        if not computing or len(computing[0].input_shape) == 1:
            return Buffer(shape, self._batch, self._dtype, full=rows.T)
        self._image = Buffer(shape, self._batch, self._dtype)
        self.forwards.append(partial(np.copyto, self._image.full, rows.T))
        return self._image

    def _connect(
        self, operation: Operation, x: Buffer, dx: Buffer | None, silent_back: bool
    ) -> tuple[Buffer, Buffer | None]:
        """Make the arrays after `operation` and its passes."""
        y, dy = self._after(operation, x, dx)
        if not operation.is_view:
            forward, backward = self._passes(operation, x, y, dx, dy)
            self._entry = self._entry or (operation, y, dx, None if silent_back else dy)
            self._append(forward, nothing if dy is None or silent_back else backward)
        if operation.is_activation:
            self._activations[-1] = y.value
        else:
            self.sums.append(y.value)
            self._activations.append(y.value)
            self.sum_gradients.append(None if dy is None else dy.value)
        if operation in self._network.silencing:
            self._silence(self._network.silencing[operation], y, dy)
        return y, dy

    def _append(self, forward: Pass, backward: Pass) -> None:
        self.forwards.append(forward)
        if backward is not nothing:
            self.backwards.insert(0, backward)

    def _after(self, operation: Operation, x: Buffer, dx: Buffer | None) -> tuple[Buffer, Buffer | None]:
        """Arrays for the values after `operation` and their gradient, which is left out where nothing is learnt from it.

        A change of shape shares those before it; an activation changes the gradient in place.
        """
        shape, learning = operation.output_shape, self._vectors[1] is not None
        learns = learning and any(block.trainable for block in operation.blocks)

        def made(full: Array | None = None) -> Buffer:
            return Buffer(shape, self._batch, x.full.dtype, full)

        pool = self._pooled.get(operation)
        y = made(x.full) if operation.is_view else made(None if pool is None else pool.values[operation])
        self.nbytes += 2 * y.full.nbytes
        if dx is None and not learns:
            return y, None
        same_size = math.prod(shape) == math.prod(operation.input_shape)
        shares = operation.is_view or (operation.is_activation and same_size)
        return y, made(dx.full) if dx is not None and shares else made()

    def _passes(
        self, operation: Operation, x: Buffer, y: Buffer, dx: Buffer | None, dy: Buffer | None
    ) -> tuple[Pass, Pass]:
        pool = self._pooled.get(operation)
        if pool is not None and dy is not None:
            d, slopes = dy.full[:-1], pool.slopes[operation][:-1]
            return partial(pool.activation.forward, x.value, y.value), partial(np.multiply, d, slopes, d)
        parameters, gradients = self._vectors
        its_gradients = {} if gradients is None else operation.views(gradients)
        return operation.op.bind(
            Binding(x, y, dx, dy, operation.views(parameters), its_gradients, self._training, self._rng)
        )

    def _silence(self, units: NDArray[np.intp], y: Buffer, dy: Buffer | None) -> None:
        """Hold some units at 0: their values going forward, their gradients going back."""
        backward = nothing if dy is None else partial(dy.value.__setitem__, units, 0)
        self._append(partial(y.value.__setitem__, units, 0), backward)


class Pool:
    """The outputs of all operations with one activation side by side, so that all its slopes are computed at once."""

    def __init__(self, activation: Activation, operations: Sequence[Operation], batch: int, dtype: np.dtype) -> None:
        self.activation = activation
        sizes = [(math.prod(o.output_shape) + 1) * batch for o in operations]
        outputs = np.zeros(sum(sizes), dtype)
        slopes = np.empty_like(outputs)
        self.values: dict[Operation, Array] = {}
        self.slopes: dict[Operation, Array] = {}
        end = 0
        for operation, size in zip(operations, sizes, strict=True):
            start, end = end, end + size
            self.values[operation] = outputs[start:end].reshape(-1, batch)
            self.values[operation][-1] = 1
            self.slopes[operation] = slopes[start:end].reshape(-1, batch)
        self.fill: Pass = activation.derivative(outputs, slopes)
        """Compute the slopes of the last forward."""


def pools(operations: Sequence[Operation], batch: int, dtype: np.dtype) -> dict[Operation, Pool]:
    """The pool of each operation whose slope follows from its output, and that is so small that calls count."""
    groups: dict[Activation, list[Operation]] = {}
    for operation in operations:
        small = math.prod(operation.output_shape) * batch < PIECE
        if isinstance(operation.op, Activation) and operation.op.derivative_from_output and small:
            groups.setdefault(operation.op, []).append(operation)
    made = [Pool(activation, group, batch, dtype) for activation, group in groups.items()]
    return {operation: pool for pool in made for operation in pool.values}
