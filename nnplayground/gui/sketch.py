"""Strokes on a square of side 1, with undo; bounded however long somebody scribbles. Knows no widget."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Stroke = NDArray[np.float64]
"""(n, 2), x and y in 0..1, y down; read-only."""
Strokes = tuple[Stroke, ...]

MAX_STROKES = 1000
MAX_POINTS = 20_000
"""Of all strokes together; when there are more, every other point is left out."""
MAX_STROKE_POINTS = 2000
MAX_UNDO = 1000
_NEAR = 5e-4
"""Points nearer to the last one than this bring nothing new."""


class Sketch:
    """The strokes of one drawing. Coordinates outside of the square are moved to its edge."""

    def __init__(self) -> None:
        self._done: Strokes = ()
        self._pen: list[tuple[float, float]] | None = None
        self._undo: list[Strokes] = []
        self._redo: list[Strokes] = []

    @property
    def drawing(self) -> bool:
        """Whether a stroke has been begun and not ended."""
        return self._pen is not None

    @property
    def empty(self) -> bool:
        """Whether there is no ink at all."""
        return not self._done and self._pen is None

    @property
    def can_undo(self) -> bool:
        """Whether `undo` would change anything."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether `redo` would change anything."""
        return bool(self._redo)

    @property
    def strokes(self) -> Strokes:
        """All strokes, the unfinished one last."""
        return self._done if self._pen is None else (*self._done, _stroke(self._pen))

    def begin(self, x: float, y: float) -> bool:
        """Put the pen down; False when there is no room for another stroke or the place is no number."""
        self.end()
        if len(self._done) >= MAX_STROKES or not _finite(x, y):
            return False
        self._pen = [(_inside(x), _inside(y))]
        return True

    def move(self, x: float, y: float) -> bool:
        """Draw on; False when that brings nothing new."""
        if self._pen is None or not _finite(x, y):
            return False
        x, y = _inside(x), _inside(y)
        if math.dist(self._pen[-1], (x, y)) < _NEAR:
            return False
        self._pen.append((x, y))
        if len(self._pen) > MAX_STROKE_POINTS:
            self._pen = self._pen[:-2:2] + self._pen[-2:]
        return True

    def end(self) -> bool:
        """Lift the pen; False when it was not down."""
        if self._pen is None:
            return False
        stroke, self._pen = _stroke(self._pen), None
        self._change(_thinned((*self._done, stroke)))
        return True

    def abandon(self) -> bool:
        """Take back the unfinished stroke."""
        had, self._pen = self._pen is not None, None
        return had

    def replace(self, strokes: Iterable[Sequence[Sequence[float]]]) -> bool:
        """Draw `strokes` instead, as one change; raises `ValueError` unless they are pairs of finite numbers."""
        new = tuple(_checked(s) for s in strokes)[:MAX_STROKES]
        self.end()
        if not new and not self._done:
            return False
        self._change(_thinned(new))
        return True

    def clear(self) -> bool:
        """Take all ink away; can be undone."""
        return self.replace(())

    def undo(self) -> bool:
        """Take back the last stroke, or bring back what was cleared."""
        self.end()
        if not self._undo:
            return False
        self._redo.append(self._done)
        self._done = self._undo.pop()
        return True

    def redo(self) -> bool:
        """Do again what was undone last."""
        if self._pen is not None or not self._redo:
            return False
        self._undo.append(self._done)
        self._done = self._redo.pop()
        return True

    def _change(self, strokes: Strokes) -> None:
        self._undo.append(self._done)
        del self._undo[:-MAX_UNDO]
        self._redo.clear()
        self._done = strokes


def _finite(x: float, y: float) -> bool:
    return math.isfinite(x) and math.isfinite(y)


def _inside(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def _stroke(points: Sequence[Sequence[float]]) -> Stroke:
    made = np.array(points, dtype=np.float64)
    made.flags.writeable = False
    return made


def _checked(points: Sequence[Sequence[float]]) -> Stroke:
    array = np.array(points, dtype=np.float64)
    if array.ndim != 2 or array.shape[1] != 2 or not len(array) or not np.isfinite(array).all():
        raise ValueError("a stroke is a list of [x, y], both finite")
    return _halved(np.clip(array, 0.0, 1.0), MAX_STROKE_POINTS)


def _halved(stroke: Stroke, limit: int) -> Stroke:
    while len(stroke) > limit:
        stroke = np.concatenate([stroke[:-1:2], stroke[-1:]])
    stroke.flags.writeable = False
    return stroke


def _thinned(strokes: Strokes) -> Strokes:
    """At most `MAX_POINTS` in all; the ends of strokes stay."""
    limit = MAX_STROKE_POINTS
    while sum(map(len, strokes)) > MAX_POINTS and limit > 2:
        limit //= 2
        strokes = tuple(_halved(s, limit) for s in strokes)
    return strokes
