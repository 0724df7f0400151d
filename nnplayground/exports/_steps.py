"""A network as the list of its steps in inference, batch first, with their arrays: what scripts and graphs are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from nnplayground.engine.activations import Activation
from nnplayground.engine.arrays import Array, Shape
from nnplayground.engine.layers import Layer
from nnplayground.engine.layers._pooling import Pooling
from nnplayground.engine.layers._sliding import sliding
from nnplayground.engine.layers.batch_normalization import BatchNormalization
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.layers.dropout import Dropout
from nnplayground.engine.network import Network, Operation
from nnplayground.exports._formulas import formula
from nnplayground.text import Problem, Text


@dataclass(frozen=True, eq=False)
class Step:
    """One step. `arrays` are float32 by the names that scripts use; `shape` is that of its output, without the batch."""

    kind: str
    """dense, conv, max_pool, average_pool, batch_norm, reshape, dropout, function, softmax, prelu, maxout, mask."""
    layer: int
    """Counted from 1."""
    shape: Shape
    values: dict[str, Any] = field(default_factory=dict)
    arrays: dict[str, Array] = field(default_factory=dict)


def steps(network: Network, parameters: Array) -> Iterator[Step]:
    """The steps in order; raises `Problem` for what they cannot say."""
    for operation in network.operations:
        step = _function(operation, parameters) if operation.is_activation else _layer(operation, parameters)
        if step is not None:
            yield step
        silent = network.silencing.get(operation)
        if silent is not None:
            mask = np.ones((operation.output_shape[0], *(1 for _ in operation.output_shape[1:])), np.float32)
            mask[silent] = 0
            yield Step("mask", operation.index + 1, operation.output_shape, {}, {"mask": mask})


def _layer(operation: Operation, parameters: Array) -> Step | None:
    layer, number, shape = operation.op, operation.index + 1, operation.output_shape
    assert isinstance(layer, Layer)
    views = {name: np.array(view, np.float32) for name, view in operation.views(parameters).items()}
    if layer.id in ("dense", "conv2d"):
        weights = {"W": views["W"][:, :-1], "b": views["W"][:, -1]}
        if not isinstance(layer, Conv2D):
            return Step("dense", number, shape, {}, weights)
        size = layer.kernel_size
        weights["W"] = weights["W"].reshape(-1, operation.input_shape[0], size, size)
        return Step("conv", number, shape, _window(layer, size, operation.input_shape), weights)
    if isinstance(layer, Pooling):
        kind = "max_pool" if layer.id == "max_pooling2d" else "average_pool"
        return Step(kind, number, shape, _window(layer, layer.pool_size, operation.input_shape))
    if isinstance(layer, BatchNormalization):
        return Step("batch_norm", number, shape, {"epsilon": layer.epsilon, "momentum": layer.momentum}, views)
    if isinstance(layer, Dropout):
        return Step("dropout", number, shape, {"rate": layer.rate})
    if layer.is_view:
        return None if operation.input_shape == shape else Step("reshape", number, shape)
    raise Problem(_UNKNOWN.format(name=layer.label))


def _window(layer: Conv2D | Pooling, size: int, image: Shape) -> dict[str, Any]:
    """Size, stride and the zeros around: top, bottom, left, right."""
    down, across = (sliding(n, size, layer.stride, layer.padding) for n in image[1:])
    pads = [(s.before, max(0, s.padded - s.size - s.before)) for s in (down, across)]
    return {"size": size, "stride": layer.stride, "pads": (*pads[0], *pads[1])}


def _function(operation: Operation, parameters: Array) -> Step:
    activation, number, shape = operation.op, operation.index + 1, operation.output_shape
    assert isinstance(activation, Activation)
    if activation.id == "softmax":
        return Step("softmax", number, shape, {"temperature": activation.temperature})
    if activation.id == "maxout":
        return Step("maxout", number, shape, {"pieces": activation.sums_per_unit})
    if activation.id == "prelu":
        slope = np.array(operation.views(parameters)["slope"], np.float32).reshape(-1, *(1 for _ in shape[1:]))
        return Step("prelu", number, shape, {}, {"slope": slope})
    f, derivative = formula(activation)
    return Step("function", number, shape, {"id": activation.id, "f": f, "derivative": derivative, "entry": activation})


_UNKNOWN = Text(
    "{name} cannot be written to this kind of file yet; choose another kind, or leave the layer out.",
    "{name}はこの形式ではまだ書き出せません。別の形式を選ぶか、その層を外してください。",
)
