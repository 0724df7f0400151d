"""A map computed on a coarse grid first, and again on finer ones only where something changes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.arrays import Array

Index = NDArray[np.intp]
STEPS = (8, 4, 2, 1)
"""Distances between the points, from look to look."""


def refined(outputs: Callable[[Index, Index], Array], resolution: int) -> Array:
    """A map (n, n, classes) of `outputs`(rows, columns), each (k,), which gives (k, classes).

    Between points with the same largest class, values are interpolated. A spot smaller than the coarsest cells that
    touches none of their corners is missed.
    """
    nodes = _nodes(resolution, STEPS[0])
    rows, columns = (a.ravel() for a in np.meshgrid(nodes, nodes, indexing="ij"))
    values = outputs(rows, columns).reshape(len(nodes), len(nodes), -1)
    for step in STEPS[1:]:
        finer = _nodes(resolution, step)
        wanted = _wanted(values.argmax(axis=2), nodes, finer, around=step > 1)
        values = _interpolated(values, nodes, finer)
        rows, columns = np.nonzero(wanted)
        if len(rows):
            values[rows, columns] = outputs(finer[rows], finer[columns])
        nodes = finer
    return values


def _nodes(resolution: int, step: int) -> Index:
    """Every `step`th place, and the last."""
    return np.append(np.arange(0, resolution - 1, step), resolution - 1)


def _wanted(classes: Index, nodes: Index, finer: Index, around: bool) -> NDArray[np.bool_]:
    """Which of the finer nodes lie in a cell whose corners differ, or `around` one, and are not known yet."""
    corners = np.stack([classes[:-1, :-1], classes[:-1, 1:], classes[1:, :-1], classes[1:, 1:]])
    differ = np.zeros((len(nodes) + 1, len(nodes) + 1), bool)
    differ[1:-1, 1:-1] = (corners != corners[0]).any(axis=0)
    near = differ.copy()
    for down in (-1, 0, 1) if around else ():
        for across in (-1, 0, 1):
            near |= np.roll(differ, (down, across), (0, 1))
    cells = near[1:-1, 1:-1]
    cell = np.clip(np.searchsorted(nodes, finer, side="right") - 1, 0, len(nodes) - 2)
    known = np.isin(finer, nodes)
    return cells[np.ix_(cell, cell)] & ~(known[:, None] & known[None, :])


def _interpolated(values: Array, nodes: Index, finer: Index) -> Array:
    """`values` (n, n, classes) at `nodes`, bilinearly at the `finer` nodes."""
    cell = np.clip(np.searchsorted(nodes, finer, side="right") - 1, 0, len(nodes) - 2)
    share = ((finer - nodes[cell]) / (nodes[cell + 1] - nodes[cell])).astype(values.dtype)
    rows = values[cell] * (1 - share)[:, None, None] + values[cell + 1] * share[:, None, None]
    found: Array = rows[:, cell] * (1 - share)[None, :, None] + rows[:, cell + 1] * share[None, :, None]
    return found
