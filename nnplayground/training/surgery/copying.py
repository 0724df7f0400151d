"""The parameters of one operation, taken over by the same operation with other units or inputs."""

from __future__ import annotations

import numpy as np

from nnplayground.engine.arrays import Array, Block
from nnplayground.engine.network import Operation
from nnplayground.training.surgery.wires import Index, Wires


class Copying:
    """From the flat vector `before` to `now`; `source` learns where each number of `now` was before."""

    def __init__(self, before: Array, now: Array) -> None:
        self.before, self.now = before, now
        self.source: Index = np.full(len(now), -1, np.intp)

    def copy(self, source: Operation, target: Operation, rows: Index | None, wires: Wires | None) -> bool:
        """Take over all blocks; `rows` tells each unit's index before (-1: new). False if weights did not fit."""
        fits = True
        for block in target.blocks:
            twin = next((b for b in source.blocks if b.name == block.name), None)
            if twin is None or rows is None:
                continue
            places = source.slots[block.name], target.slots[block.name]
            if block.bias:
                fits &= self._weights(twin, block, places, rows, wires)
            else:
                self._of_units(twin, block, places, rows, source.output_shape[0])
        return fits

    def _weights(
        self, twin: Block, block: Block, places: tuple[slice, slice], rows: Index, wires: Wires | None
    ) -> bool:
        """[W b], (units, inputs + 1): rows for the units that stay, columns as the inputs of now need them."""
        if wires is None or not wires.fits(twin.shape[1] - 1, block.shape[1] - 1):
            return False
        units = _grouped(rows, block.shape[0] // len(rows))
        (now,) = np.nonzero(units >= 0)
        old, new = self._views(twin, block, places)
        moved = old[units[now]].astype(np.float64)
        new[now, :-1] = wires.columns(moved[:, :-1])
        new[now, -1] = moved[:, -1] + wires.added_bias(moved[:, :-1])
        index, source = self._indices(twin, block, places)
        source[now, :-1] = wires.sources(index[units[now], :-1])
        source[now, -1] = index[units[now], -1]
        return True

    def _of_units(self, twin: Block, block: Block, places: tuple[slice, slice], rows: Index, units: int) -> None:
        """What each unit has for itself: a slope, a scale, a running mean."""
        size, rest = divmod(twin.shape[0], units)
        if rest or block.shape != (size * len(rows), *twin.shape[1:]):
            return
        here = _grouped(rows, size)
        (now,) = np.nonzero(here >= 0)
        for old, new in (self._views(twin, block, places), self._indices(twin, block, places)):
            new[now] = old[here[now]]

    def _views(self, twin: Block, block: Block, places: tuple[slice, slice]) -> tuple[Array, Array]:
        return self.before[places[0]].reshape(twin.shape), self.now[places[1]].reshape(block.shape)

    def _indices(self, twin: Block, block: Block, places: tuple[slice, slice]) -> tuple[Index, Index]:
        old = np.arange(places[0].start, places[0].stop).reshape(twin.shape)
        return old, self.source[places[1]].reshape(block.shape)


def _grouped(rows: Index, size: int) -> Index:
    """`rows` for arrays that have `size` entries per unit, those of a unit together."""
    return np.where(rows[:, None] >= 0, rows[:, None] * size + np.arange(size), -1).ravel()
