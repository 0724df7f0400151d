"""What lies on the table beside an experiment: the drawing or picture, notes, the places of the panes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import Annotated, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from nnplayground.data.strokes import CANVAS_PEN, Strokes
from nnplayground.storage.parsing import damaged
from nnplayground.storage.tensors import AnyArray

POINTS = "table/points"
PICTURE = "table/picture"
PICTURE_SIDE = 512
"""Pixels of a picture, at most, each way."""
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
    picture: NDArray[np.uint8] | None = None
    """What the canvas shows in place of strokes: (height, width, 4) bytes, red green blue and opacity."""
    inverted: bool = False
    """Whether its ink and paper are taken the other way round than was found."""


class _Plain(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    strokes: Annotated[list[Annotated[int, msgspec.Meta(ge=1, le=MOST_POINTS)]], msgspec.Meta(max_length=1000)] = []
    """Number of points of each stroke."""
    pen: Annotated[float, msgspec.Meta(gt=0, le=1)] = CANVAS_PEN
    notes: Annotated[str, msgspec.Meta(max_length=MOST_NOTES)] = ""
    layout: Annotated[str, msgspec.Meta(max_length=100_000, pattern="^[A-Za-z0-9+/=]*$")] = ""
    origin: Annotated[str, msgspec.Meta(max_length=10_000)] = ""
    inverted: bool = False


def to_plain(table: Table, arrays: dict[str, AnyArray]) -> dict[str, Any]:
    """What JSON can hold of `table`; points and picture go into `arrays`."""
    if table.strokes:
        arrays[POINTS] = np.concatenate([np.asarray(stroke, np.float64).reshape(-1, 2) for stroke in table.strokes])
    if table.picture is not None:
        arrays[PICTURE] = table.picture
    plain = _Plain(
        [len(stroke) for stroke in table.strokes], table.pen, table.notes[:MOST_NOTES], table.layout, table.origin,
        table.inverted,
    )  # fmt: skip
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
    picture = _picture(arrays.pop(PICTURE, None), name)
    return Table(strokes, found.pen, found.notes, found.layout, found.origin, picture, found.inverted)


def _picture(found: AnyArray | None, name: str) -> NDArray[np.uint8] | None:
    if found is None:
        return None
    if found.dtype != np.uint8 or found.ndim != 3 or found.shape[2] != 4 or not 1 <= found.size:
        raise damaged(name, "table: picture")
    if max(found.shape[:2]) > PICTURE_SIDE:
        raise damaged(name, "table: picture size")
    return found.astype(np.uint8)
