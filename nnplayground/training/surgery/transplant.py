from __future__ import annotations

import math

import numpy as np

from nnplayground.engine.arrays import Array, Shape
from nnplayground.engine.network import Network, NetworkSpec, Operation
from nnplayground.text import Text
from nnplayground.training.surgery.alignment import align
from nnplayground.training.surgery.carrier import value_range
from nnplayground.training.surgery.copying import Copying
from nnplayground.training.surgery.insertion import insert
from nnplayground.training.surgery.outcome import Outcome, Removed, gone_layers
from nnplayground.training.surgery.wires import Index, Wires

UNBOUNDED = (-math.inf, math.inf)
LINEAR = ("dropout", "average_pooling2d")
"""Layers without weights that make of a multiple the same multiple."""


def transplant(old: Network, before: Array, new: Network, fresh: Array, removed: Removed | None = None) -> Outcome:
    """The flat vector `fresh` for `new` with all that `before` knows, so that the network computes the same.

    Layers are matched in their order; a unit that stays keeps its place among those that stay.
    """
    work = _Transplant(old, before, new, fresh.copy(), removed or {})
    for was, index in align(old.spec.layers, new.spec.layers, gone_layers(old, removed or {})):
        work.do(was, index)
    return Outcome(work.copying.now, work.copying.source, tuple(work.notes), tuple(work.inserted))


class _Transplant:
    """Goes through both networks from the input and keeps track of where each value is found now."""

    def __init__(self, old: Network, before: Array, new: Network, now: Array, removed: Removed) -> None:
        self.old, self.new, self.removed = old, new, removed
        self.copying = Copying(before, now)
        self.notes: list[Text] = []
        self.inserted: list[int] = []
        self._before = before
        self._wires = _inputs(old.spec, new.spec)

    def do(self, was: int | None, index: int | None) -> None:
        """Take the next layer: one that stays, one that is new, or one that is gone."""
        if index is None:
            assert was is not None
            self._remove(was)
            return
        if was is None:
            self._insert(index)
        else:
            self._keep(was, index)

    def _keep(self, was: int, index: int) -> None:
        """A layer that was there before, perhaps with more or fewer units or another activation."""
        shapes = self.old.shapes[was : was + 2], self.new.shapes[index : index + 2]
        (_, before), (_, after) = shapes
        twins = list(zip(_operations(self.old, was), _operations(self.new, index), strict=False))
        weighted = any(block.bias for source, _ in twins for block in source.blocks)
        rows = self._rows(was, before[0], after[0]) if weighted else self._moved()
        fits = [self.copying.copy(a, b, before[0], rows, self._wires) for a, b in twins if a.op.id == b.op.id]
        if not all(fits):
            self._say(index, _DRAWN_ANEW)
        if weighted:
            pads = getattr(self.new.spec.layers[index], "padding", "valid") == "same"
            if pads and self._wires is not None and self._wires.offset.any():
                self._say(index, _BENDS)  # the zeros around the image do not move along
            self._wires = Wires.kept(before[0], self._rows(was, before[0], after[0]))
            return
        if self._wires is not None and not self._wires.is_plain and _bends(self.new, index, self._wires):
            self._say(index, _BENDS)
        self._wires = _reshaped(self._wires, *shapes[0], *shapes[1])

    def _rows(self, was: int, before: int, after: int) -> Index:
        """For each unit of now its index before, or -1."""
        gone = set(self.removed.get(was, ()))
        kept = [unit for unit in range(before) if unit not in gone][:after]
        return np.array(kept + [-1] * (after - len(kept)), np.intp)

    def _moved(self) -> Index | None:
        """The same for units that only hand on what they get."""
        return self._wires.rows if self._wires is not None and self._wires.is_plain else None

    def _insert(self, index: int) -> None:
        self.inserted.append(index)
        if self._wires is not None:
            done = insert(self.new, index, self._wires, self.copying.now, values_before(self.new, index))
            self._wires = done.wires
            if done.note is not None:
                self._say(index, done.note)

    def _remove(self, was: int) -> None:
        """A layer that is gone: if it was linear its effect stays, otherwise values pass it by."""
        wires, layer = self._wires, self.old.spec.layers[was]
        before, after = self.old.shapes[was : was + 2]
        named = self.old.views(self._before)[was]
        if wires is None or len(before) != len(after):
            self._wires = None
        elif layer.id == "dense" and layer.activation.id == "identity":
            self._wires = wires.through(named["W"].astype(np.float64), named["b"].astype(np.float64))
        elif after[0] != before[0]:
            self._wires = wires.cut(after[0])

    def _say(self, index: int, text: Text) -> None:
        self.notes.append(text.format(n=index + 1))


def _reshaped(wires: Wires | None, x_old: Shape, before: Shape, x_new: Shape, after: Shape) -> Wires | None:
    """The wires after a layer without weights: the same, or laid out in a row, or unknown."""
    if wires is None or len(before) != len(after):
        return None
    if len(before) == len(x_old):
        return wires
    if len(before) < len(x_old):
        return wires.spread(math.prod(x_old[1:])) if x_old[1:] == x_new[1:] else None
    return Wires.same(after[0]) if wires.is_plain and x_old == x_new else None


def _bends(network: Network, index: int, wires: Wires) -> bool:
    """Whether layer `index` does something else to a value that was multiplied, moved or shared out."""
    operations = _operations(network, index)
    if any(o.is_activation or o.blocks for o in operations):
        return True
    layer = network.spec.layers[index]
    return not (layer.is_view or layer.id in LINEAR or (layer.id == "max_pooling2d" and wires.keeps_order))


def values_before(network: Network, index: int) -> tuple[float, float]:
    """The lowest and highest value that layer `index` may get; pixels are 0 to 1."""
    found = (0.0, 1.0) if len(network.spec.input_shape) == 3 else UNBOUNDED
    for before in range(index):
        operations = _operations(network, before)
        if operations[-1].is_activation:
            found = value_range(network.spec.layers[before].activation)
        elif any(o.blocks for o in operations):
            found = UNBOUNDED
    return found


def _operations(network: Network, index: int) -> list[Operation]:
    return [o for o in network.operations if o.index == index]


def _inputs(before: NetworkSpec, now: NetworkSpec) -> Wires | None:
    """Inputs with names stay as long as their names do; others come and go at the end; images must have the same size."""
    if before.inputs and now.inputs:
        known = {name: place for place, name in enumerate(before.inputs)}
        return Wires.kept(len(before.inputs), np.array([known.get(name, -1) for name in now.inputs], np.intp))
    old, new = before.input_shape, now.input_shape
    return Wires.same(new[0]).cut(old[0]) if len(old) == len(new) and old[1:] == new[1:] else None


_DRAWN_ANEW = Text(
    "Layer {n} gets inputs of another shape, so its weights were drawn anew.",
    "第 {n} 層は入力の形が変わったため、重みを新しく決めました。",
)
_BENDS = Text(
    "What layer {n} gets has changed its scale, so the output changed.",
    "第 {n} 層に入る値の尺度が変わったため、出力が変わりました。",
)
