"""What lies on the table beside an experiment: the drawing, notes, the places of the panes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import Annotated, Any

import msgspec
import numpy as np

from nnplayground.data.strokes import CANVAS_PEN, Strokes
from nnplayground.storage.parsing import damaged
from nnplayground.storage.tensors import AnyArray

POINTS = "table/points"
MOST_POINTS = 50_000
MOST_NOTES = 100_000
"""Characters."""


@dataclass(frozen=True, eq=False)
class Table:
    """`strokes` as the canvas has them, drawn with `pen`; `layout` is a base64 word of the window's."""

    strokes: Strokes = ()
    pen: float = CANVAS_PEN
    notes: str = ""
    layout: str = ""
    origin: str = ""
    """Path of the person's own file, its bytes escaped as in a URL; only in files for recovery."""


class _Plain(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    strokes: Annotated[list[Annotated[int, msgspec.Meta(ge=1, le=MOST_POINTS)]], msgspec.Meta(max_length=1000)] = []
    """Number of points of each stroke."""
    pen: Annotated[float, msgspec.Meta(gt=0, le=1)] = CANVAS_PEN
    notes: Annotated[str, msgspec.Meta(max_length=MOST_NOTES)] = ""
    layout: Annotated[str, msgspec.Meta(max_length=100_000, pattern="^[A-Za-z0-9+/=]*$")] = ""
    origin: Annotated[str, msgspec.Meta(max_length=10_000)] = ""


def to_plain(table: Table, arrays: dict[str, AnyArray]) -> dict[str, Any]:
    """What JSON can hold of `table`; points go into `arrays`."""
    if table.strokes:
        arrays[POINTS] = np.concatenate([np.asarray(stroke, np.float64).reshape(-1, 2) for stroke in table.strokes])
    plain = _Plain(
        [len(stroke) for stroke in table.strokes], table.pen, table.notes[:MOST_NOTES], table.layout, table.origin
    )
    found: dict[str, Any] = msgspec.to_builtins(plain)
    return found


def from_plain(plain: object, arrays: dict[str, AnyArray], name: str) -> Table:
    """The table that `to_plain` described, with its points taken out of `arrays`; raises `FileProblem`."""
    try:
        found = msgspec.convert(plain, _Plain)
    except (msgspec.ValidationError, RecursionError) as error:
        raise damaged(name, f"table: {error}") from None
    points = arrays.pop(POINTS, None)
    if points is None:
        points = np.empty((0, 2))
    inside = points.dtype == np.float64 and points.shape == (sum(found.strokes), 2) and len(points) <= MOST_POINTS
    if not inside or not ((points >= 0) & (points <= 1)).all():
        raise damaged(name, "table: points")
    ends = list(accumulate(found.strokes))
    strokes = tuple(points[end - count : end] for end, count in zip(ends, found.strokes, strict=True))
    return Table(strokes, found.pen, found.notes, found.layout, found.origin)
