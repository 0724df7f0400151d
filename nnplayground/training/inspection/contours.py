"""Lines along which a field has one value: marching squares."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.arrays import Array

Lines = NDArray[np.float64]
Index = NDArray[np.intp]
# Corners of a cell, as (row, column), against the clock; edge e runs from corner e to the next one.
_CORNERS = np.array([(0, 0), (0, 1), (1, 1), (1, 0)])
# For each of the 16 ways in which corners (bit e: corner e) lie above the level: the edges that a line enters and
# leaves by, and those of a second line; -1 for none.
_EDGES = np.full((16, 2, 2), -1)
for _code, _lines in {
    1: [(3, 0)], 2: [(0, 1)], 3: [(3, 1)], 4: [(1, 2)], 5: [(3, 0), (1, 2)], 6: [(0, 2)], 7: [(3, 2)],
    8: [(2, 3)], 9: [(0, 2)], 10: [(0, 1), (2, 3)], 11: [(1, 2)], 12: [(1, 3)], 13: [(0, 1)], 14: [(0, 3)],
}.items():  # fmt: skip
    _EDGES[_code, : len(_lines)] = _lines


def contours(values: Array, levels: Sequence[float], low: float, high: float) -> Lines:
    """Pieces of the lines where `values` (n, n) are at `levels`: points (2 pieces, 2) as x1, x2, each two of them a piece.

    The values stand in the middles of the cells of the square `low`..`high`; row 0 is the lowest x2.
    """
    values = np.ascontiguousarray(values)
    found = [_pieces(values, level) for level in levels] or [_pieces(values, np.inf)]
    cells, edges, at = (np.concatenate(parts) for parts in zip(*found, strict=True))
    ends = [_crossing(values, at, cells, edges[:, end]) for end in (0, 1)]
    places = np.stack(ends, axis=1).reshape(-1, 2)
    lines: Lines = (places[:, ::-1] + 0.5) / len(values) * (high - low) + low
    return lines


def _pieces(values: Array, level: float) -> tuple[Index, Index, Lines]:
    """Cells (pieces, 2) as row, column, the edges (pieces, 2) that a line enters and leaves by, and the level again."""
    above = (values > level).view(np.uint8)
    a, b, c, d = (above[r : r + len(above) - 1, s : s + len(above) - 1] for r, s in _CORNERS)
    code = a + 2 * b + 4 * c + 8 * d
    (cut,) = np.nonzero(((code > 0) & (code < 15)).ravel())
    cells = np.stack(np.divmod(cut, code.shape[1]), axis=1)
    edges = _EDGES[code.ravel()[cut]]
    cell, line = np.nonzero(edges[:, :, 0] >= 0)
    return cells[cell], edges[cell, line], np.full(len(cell), level)


def _crossing(values: Array, level: Lines, cells: Index, edges: Index) -> Lines:
    """Where the level is crossed on an edge of each cell, (n, 2) as row, column."""
    a, b = cells + _CORNERS[edges], cells + _CORNERS[(edges + 1) % 4]
    at_a, at_b = (values[p[:, 0], p[:, 1]].astype(np.float64) for p in (a, b))
    with np.errstate(all="ignore"):
        share = np.nan_to_num((level - at_a) / (at_b - at_a), nan=0.5)
    found: Lines = a + np.clip(share, 0, 1)[:, None] * (b - a)
    return found
