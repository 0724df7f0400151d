"""The parameters of one operation, taken over by the same operation with other units or inputs."""

from __future__ import annotations

import numpy as np

from nnplayground.engine.arrays import Array
from nnplayground.engine.network import Operation
from nnplayground.training.surgery.wires import Index, Wires


class Copying:
    """From the flat vector `before` to `now`; `source` learns where each number of `now` was before."""

    def __init__(self, before: Array, now: Array) -> None:
        self.before, self.now = before, now
        self.source: Index = np.full(len(now), -1, np.intp)

    def copy(self, source: Operation, target: Operation, units: int, rows: Index | None, wires: Wires | None) -> bool:
        """Take over all blocks; `rows` tells which of `units` each one was (-1: new). False if weights did not fit."""
        fits = True
        for block in target.blocks:
            twin = next((b for b in source.blocks if b.name == block.name), None)
            if twin is None or rows is None or twin.shape[0] % units or block.shape[0] % len(rows):
                continue
            now, was = _pairs(rows, block.shape[0] // len(rows), twin.shape[0] // units)
            places = source.slots[block.name], target.slots[block.name]
            views = self.before[places[0]].reshape(twin.shape), self.now[places[1]].reshape(block.shape)
            index = np.arange(places[0].start, places[0].stop).reshape(twin.shape)
            origin = self.source[places[1]].reshape(block.shape)
            if block.bias:
                fits &= _weights(now, was, *views, index, origin, wires)
            elif twin.shape[1:] == block.shape[1:]:
                views[1][now], origin[now] = views[0][was], index[was]
        return fits


def _weights(now: Index, was: Index, old: Array, new: Array, index: Index, origin: Index, wires: Wires | None) -> bool:
    """[W b], (units, inputs + 1): rows for the units that stay, columns as the inputs of now need them."""
    if wires is None or not wires.fits(old.shape[1] - 1, new.shape[1] - 1):
        return False
    moved = old[was].astype(np.float64)
    new[now, :-1] = wires.columns(moved[:, :-1])
    new[now, -1] = moved[:, -1] + wires.added_bias(moved[:, :-1])
    origin[now, :-1] = wires.sources(index[was, :-1])
    origin[now, -1] = index[was, -1]
    return True


def _pairs(rows: Index, now: int, was: int) -> tuple[Index, Index]:
    """Places of now and before of what stays, in arrays with `now` and `was` entries for each unit, kept together."""
    (stay,) = np.nonzero(rows >= 0)
    each = np.arange(min(now, was))
    return (stay[:, None] * now + each).ravel(), (rows[stay][:, None] * was + each).ravel()
