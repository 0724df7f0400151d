"""A network: the frozen description, its shapes, and the layout of all its parameters in one flat vector."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import DTypeLike, NDArray

from nnplayground.engine.activations import Activation
from nnplayground.engine.arrays import Array, Block, Shape
from nnplayground.engine.initializers import Initializer
from nnplayground.engine.initializers.glorot import GlorotUniform
from nnplayground.engine.layers import Layer
from nnplayground.engine.losses import Loss
from nnplayground.engine.losses.cross_entropy import CategoricalCrossEntropy
from nnplayground.text import Problem, Text

Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True)
class NetworkSpec:
    """What a network is, without its parameters. `input_shape` is (features,) or (channels, height, width)."""

    input_shape: Shape
    layers: tuple[Layer, ...]
    loss: Loss = CategoricalCrossEntropy()
    initializer: Initializer = GlorotUniform()
    inputs: tuple[str, ...] = ()
    """What the inputs are called, if they have names."""


@dataclass(frozen=True, eq=False)
class Operation:
    """One pass of the network: a layer's own sums, or the activation after them."""

    index: int
    op: Layer | Activation
    input_shape: Shape
    output_shape: Shape
    slots: Mapping[str, slice]
    blocks: tuple[Block, ...]

    @property
    def is_activation(self) -> bool:
        return isinstance(self.op, Activation)

    @property
    def is_view(self) -> bool:
        """Whether the output is the input under another shape, with nothing to compute."""
        return isinstance(self.op, Layer) and self.op.is_view

    def views(self, vector: Array) -> dict[str, Array]:
        """The operation's blocks by name in a flat vector; those that it is too short for (not trainable) are missing."""
        places = ((b, self.slots[b.name]) for b in self.blocks)
        return {b.name: vector[place].reshape(b.shape) for b, place in places if place.stop <= len(vector)}


class Network:
    """The shapes and the parameter layout of a `NetworkSpec`; raises `Problem` if the layers do not fit.

    The flat vector holds the trainable blocks in the order of the layers, then the others (running statistics).
    `silenced` are (layer, unit) pairs whose output is held at 0, in training too; those there are not, or that are
    in the last layer, are left out.
    """

    def __init__(self, spec: NetworkSpec, silenced: Iterable[tuple[int, int]] = ()) -> None:
        if not spec.layers:
            raise Problem(Text("The network has no layer; add one.", "層がありません。層を追加してください。"))
        self.spec = spec
        self.shapes: list[Shape] = [spec.input_shape]
        """Shape before the first layer and after each layer."""
        found: list[tuple[int, Layer | Activation, Shape, Shape, tuple[Block, ...]]] = []
        for index, layer in enumerate(spec.layers):
            before = self.shapes[-1]
            after = _numbered(index, layer, before)
            sums = (after[0] * layer.activation.sums_per_unit, *after[1:])
            found.append((index, layer, before, sums, layer.blocks(before)))
            if layer.activation.id != "identity":
                found.append((index, layer.activation, sums, after, layer.activation.blocks(after)))
            self.shapes.append(after)
        places, self.trainable = _lay_out([blocks for *_, blocks in found])
        self.operations = [Operation(i, op, a, b, s, k) for (i, op, a, b, k), s in zip(found, places, strict=True)]
        self.size = sum(b.size for o in self.operations for b in o.blocks)
        """Length of the flat vector; the first `trainable` of them are learnt."""
        self.silenced = frozenset(pair for pair in silenced if self.can_silence(*pair))

    def can_silence(self, index: int, unit: int) -> bool:
        """Whether there is such a unit (or channel) before the last layer, computed in its own layer."""
        if not 0 <= index < len(self.spec.layers) - 1 or self._last_operation(index).is_view:
            return False
        return 0 <= unit < self.shapes[index + 1][0]

    def _last_operation(self, index: int) -> Operation:
        return [o for o in self.operations if o.index == index][-1]

    @cached_property
    def silencing(self) -> Mapping[Operation, NDArray[np.intp]]:
        """The silenced units or channels after an operation."""
        layers = sorted({index for index, _ in self.silenced})
        return {
            self._last_operation(index): np.array(sorted(u for i, u in self.silenced if i == index), np.intp)
            for index in layers
        }

    @property
    def output_shape(self) -> Shape:
        return self.shapes[-1]

    @property
    def output_activation(self) -> Activation:
        return self.spec.layers[-1].activation

    def parameter_count(self, index: int) -> int:
        """Number of trainable parameters of layer `index`."""
        return sum(b.size for o in self.operations if o.index == index for b in o.blocks if b.trainable)

    def each_block(self) -> Iterator[tuple[int, Block, slice]]:
        """(layer index, block, its place in the flat vector), in the order of the layers."""
        for operation in self.operations:
            for block in operation.blocks:
                yield operation.index, block, operation.slots[block.name]

    def initial_parameters(
        self, rng: np.random.Generator, dtype: DTypeLike = np.float32, rules: Mapping[int, Initializer] | None = None
    ) -> Array:
        """A fresh flat vector: weights by the initializer (`rules` has those of single layers), biases 0."""
        vector = np.zeros(self.size, np.float64)
        for index, block, place in self.each_block():
            view = vector[place].reshape(block.shape)
            if block.start is not None:
                view[...] = block.start
            else:
                weights = view[:, :-1] if block.bias else view
                rule = (rules or {}).get(index, self.spec.initializer)
                weights[...] = rule.draw(rng, weights.shape, block.fan_in, block.fan_out)
        return vector.astype(dtype)

    def views(self, vector: NDArray[Number]) -> list[dict[str, NDArray[Number]]]:
        """Per layer, its parameters by name as views of `vector`: "W" (out, in), "b" (out,), and others."""
        named: list[dict[str, NDArray[Number]]] = [{} for _ in self.spec.layers]
        for index, block, place in self.each_block():
            view = vector[place].reshape(block.shape)
            if block.bias:
                named[index][block.name], named[index]["b"] = view[:, :-1], view[:, -1]
            else:
                named[index][block.name] = view
        return named

    @cached_property
    def addresses(self) -> list[dict[str, NDArray[np.intp]]]:
        """Like `views`, but each array holds the places of its parameters in the flat vector."""
        return self.views(np.arange(self.size))

    @cached_property
    def decay_mask(self) -> Array:
        """1 for weights and 0 for biases and other parameters, (trainable,): what regularization acts on."""
        mask = np.zeros(self.trainable, np.float32)
        for _, block, place in self.each_block():
            if block.trainable and block.start is None:
                view = mask[place].reshape(block.shape)
                (view[:, :-1] if block.bias else view)[...] = 1
        return mask

    def memory(self, batch: int, itemsize: int = 4) -> int:
        """Estimate in bytes of what training at this batch size needs (parameters, gradients, activations).

        What it learns from comes on top of it.
        """
        values = sum(math.prod(o.output_shape) for o in self.operations) + math.prod(self.spec.input_shape)
        layers = ((o.op, o.input_shape) for o in self.operations)
        scratch = sum(op.scratch(shape) for op, shape in layers if isinstance(op, Layer))
        return itemsize * (4 * self.size + batch * (3 * values + scratch))


def _numbered(index: int, layer: Layer, before: Shape) -> Shape:
    """The layer's output shape; an error says which layer of the network it is."""
    try:
        return layer.output_shape(before)
    except Problem as problem:
        where = Text("Layer {n}: ", "第 {n} 層: ").format(n=index + 1)
        raise Problem(Text(where.en + problem.text.en, where.ja + problem.text.ja)) from None


def _lay_out(blocks: list[tuple[Block, ...]]) -> tuple[list[dict[str, slice]], int]:
    """Places in the flat vector: trainable blocks first, then the rest. Returns them and the trainable length."""
    places: list[dict[str, slice]] = [{} for _ in blocks]
    offset = trainable = 0
    for wanted in (True, False):
        for i, group in enumerate(blocks):
            for block in group:
                if block.trainable is wanted:
                    places[i][block.name] = slice(offset, offset + block.size)
                    offset += block.size
        trainable = trainable if not wanted else offset
    return places, trainable
