"""Which units of a network a small picture of it shows, and where."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from nnplayground.engine.network import Network
from nnplayground.training.inspection.sample_way import SampleWay

MOST = 6
"""Units of one column."""
INPUTS = -1
"""Stands for the inputs where a layer is asked for."""


@dataclass(frozen=True, eq=False)
class Column:
    """A layer's shown units (indices), of `count` that it has."""

    layer: int
    units: NDArray[np.intp]
    count: int


@dataclass(frozen=True, eq=False)
class Layout:
    """Columns from left to right, the inputs first."""

    columns: tuple[Column, ...]

    @property
    def thinned(self) -> bool:
        """Whether some units are not shown."""
        return any(len(c.units) < c.count for c in self.columns)

    def place(self, column: int, row: int, room: QRectF) -> QRectF:
        """Where a unit is drawn in `room`."""
        wide, units = room.width() / len(self.columns), len(self.columns[column].units)
        high = room.height() / max(len(c.units) for c in self.columns)
        top = room.y() + (room.height() - high * units) / 2
        width, height = min(wide * 0.62, 132.0), min(high - 6, 62.0)
        x = room.x() + (column + 0.5) * wide - width / 2
        return QRectF(x, top + (row + 0.5) * high - height / 2, width, max(height, 4.0))

    def find(self, layer: int, unit: int) -> tuple[int, int] | None:
        """Column and row of a unit, if it is shown."""
        for c, column in enumerate(self.columns):
            if column.layer == layer:
                rows = np.flatnonzero(column.units == unit)
                return (c, int(rows[0])) if len(rows) else None
        return None


def computing_layers(network: Network) -> tuple[int, ...]:
    """The layers that do more than give their input another shape."""
    return tuple(sorted({o.index for o in network.operations if not o.is_view}))


def layout_of(network: Network, way: SampleWay, layer: int, unit: int, source: int) -> Layout:
    """The first units where all fit, else those with the largest outputs, and always the chosen ones."""
    layers = computing_layers(network)
    before = layers[layers.index(layer) - 1] if layer in layers and layers.index(layer) else INPUTS
    chosen = {layer: unit, before: source}
    first = way.layers[layers[0]].x if layers else way.layers[0].x
    columns = [Column(INPUTS, _pick(first, chosen.get(INPUTS, -1)), len(first))]
    columns += [Column(i, _pick(way.layers[i].a, chosen.get(i, -1)), len(way.layers[i].a)) for i in layers]
    return Layout(tuple(columns))


def _pick(values: NDArray[np.floating], chosen: int) -> NDArray[np.intp]:
    if len(values) <= MOST:
        return np.arange(len(values))
    found = np.argsort(-np.abs(np.nan_to_num(values)), kind="stable")[:MOST]
    if chosen >= 0 and chosen not in found:
        found[-1] = chosen
    return np.sort(found)
