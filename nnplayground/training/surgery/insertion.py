"""A layer that was not there before, made to pass on what it gets."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from nnplayground.engine.arrays import Array, Shape
from nnplayground.engine.layers import Layer
from nnplayground.engine.network import Network
from nnplayground.text import Text
from nnplayground.training.surgery.carrier import Carrier, carrier
from nnplayground.training.surgery.wires import Wires

Range = tuple[float, float]


@dataclass(frozen=True)
class Inserted:
    """`wires` after the layer (None: nothing of the values before can be told), and what to say if they changed."""

    wires: Wires | None
    note: Text | None = None


def insert(network: Network, index: int, wires: Wires, parameters: Array, bounds: Range) -> Inserted:
    """Set the parameters of layer `index`, which gets values within `bounds`, and follow the `wires` through it."""
    layer, before, after = network.spec.layers[index], network.shapes[index], network.shapes[index + 1]
    named = network.views(parameters)[index]
    if "W" in named and "b" in named:
        return _weighted(layer, named["W"], named["b"], wires, before, after, bounds)
    if len(after) < len(before):
        return Inserted(wires.spread(math.prod(before[1:])))
    if before != after:
        return Inserted(wires if len(before) == len(after) else None, _CHANGES)
    if "gamma" in named:
        # Running mean 0 and variance 1 until the data is looked at: undo the ε in √(1 + ε).
        named["gamma"][...] = math.sqrt(1 + getattr(layer, "epsilon", 0.0))
    way = carrier(layer.activation, *bounds, shiftable=False)
    behind = _behind(wires, way, wires.count, wires.count)
    return Inserted(behind, None if way.exact else _inexact(layer))


def _weighted(layer: Layer, w: Array, b: Array, wires: Wires, before: Shape, after: Shape, bounds: Range) -> Inserted:
    """Weights that hand each input on to a unit of its own, or to two; further units keep their drawn weights."""
    way = carrier(layer.activation, *bounds)
    inputs, units = before[0], after[0]
    area = w.shape[1] // inputs
    centre = _centre(layer, area, before, after)
    per_input = 2 if way.paired else 1
    if centre is None or len(w) != units:
        return Inserted(Wires.kept(len(wires.offset), np.full(units, -1)), _CHANGES)
    carried = min(inputs, units // per_input)
    w[: carried * per_input] = 0
    b[: carried * per_input] = way.shift
    each = np.arange(carried)
    w[each, each * area + centre] = way.scale
    if way.paired:
        w[carried + each, each * area + centre] = -way.scale
    if carried < inputs:
        note: Text | None = _NARROW.format(n="{n}", carried=carried, inputs=inputs)
    else:
        note = None if way.exact else _inexact(layer)
    return Inserted(_behind(wires, way, carried, units), note)


def _behind(wires: Wires, way: Carrier, carried: int, units: int) -> Wires:
    """The wires after a layer whose first `carried` inputs went `way`."""
    through = wires.new < carried
    old, new, factor = wires.old[through], wires.new[through], wires.factor[through]
    offset = wires.offset.copy()
    np.add.at(offset, old, factor * way.offset)
    if way.paired:
        old, new = np.concatenate([old, old]), np.concatenate([new, new + carried])
        factor = np.concatenate([factor, -factor])
    return Wires(units, old, new, factor * way.factor, offset)


def _centre(layer: Layer, area: int, before: Shape, after: Shape) -> int | None:
    """Where in a kernel of `area` cells the pixel itself lies; None if the image changes its size."""
    if before[1:] != after[1:]:
        return None
    side = math.isqrt(area)
    return ((side - 1) // 2) * (side + 1)


def _inexact(layer: Layer) -> Text:
    return _NEAREST.format(n="{n}", activation=layer.activation.label)


_CHANGES = Text(
    "Layer {n} is new and cannot hand on what it gets unchanged, so the output changed.",
    "新しい第 {n} 層は値をそのままの形では渡せないため、出力が変わりました。",
)
_NEAREST = Text(
    "Layer {n} is new; {activation} cannot pass values on unchanged, so the output changed a little.",
    "新しい第 {n} 層の{activation}は値をそのまま通せないため、出力が少し変わりました。",
)
_NARROW = Text(
    "Layer {n} is new and too narrow to pass everything on ({carried} of {inputs} values), so the output changed.",
    "新しい第 {n} 層はユニットが足りず、{inputs} 個の値のうち {carried} 個しか通せないため、出力が変わりました。",
)
