"""From a picture of a digit (a file, the clipboard, a camera) to the 28x28 image a network reads.

The same way that strokes go: the ink's box is scaled to 20 pixels, its lines are brought to the width of the pen,
and the centre of mass is moved to the middle.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.paper import Floats, find_ink
from nnplayground.data.resampling import resample
from nnplayground.data.strokes import EXTENT, LABELS, MASS_CENTRE, PEN, SIZE, Stage, Switches

_FINE = 5
"""Pixels in which lines are redrawn for one pixel of the image."""
_SMALLEST = 0.02
"""A digit smaller than this share of the picture is dirt and is enlarged no further."""


class _Placed(NamedTuple):
    """Ink (height, width) with the `place` (x, y) of its middle in the image, and its scale."""

    ink: Floats
    scale: float
    place: Floats

    def image(self) -> NDArray[np.float32]:
        x, y = self.place - np.array(self.ink.shape[::-1]) * self.scale / 2
        return np.clip(resample(self.ink, self.scale, (x, y), (SIZE, SIZE)), 0, 1).astype(np.float32)

    def moved_to(self, place: Floats) -> _Placed:
        return self._replace(place=place)


_MIDDLE = np.full(2, SIZE / 2)


def picture_image(pixels: NDArray[Any], switches: Switches | None = None) -> NDArray[np.float32]:
    """The image the network gets: (28, 28) float32 in 0..1, white ink on black; zeros when there is no ink.

    `pixels`: (height, width) grey, or (height, width, 3 or 4) colour with transparency over white; bytes in 0..255 or
    numbers in 0..1. Dark ink on light or light on dark. Raises `Problem` when that is no picture.
    """
    return picture_stages(pixels, switches)[-1].image


def picture_stages(pixels: NDArray[Any], switches: Switches | None = None) -> tuple[Stage, ...]:
    """The image after each step, as `strokes.stages`; `raw` is the whole picture with the paper taken away."""
    return ink_stages(find_ink(pixels), switches)


def ink_stages(ink: Floats, switches: Switches | None = None) -> tuple[Stage, ...]:
    """The same for `ink` (height, width) that was found in a picture."""
    whole = _Placed(ink, SIZE / max(ink.shape), _MIDDLE)
    steps = [whole] * len(LABELS) if ink.max() <= 0.5 else _steps(whole, switches or Switches())
    return tuple(Stage(name, label, s.image()) for (name, label), s in zip(LABELS.items(), steps, strict=True))


def _steps(whole: _Placed, switches: Switches) -> list[_Placed]:
    rows, columns = (_extent(whole.ink.max(axis=axis) > 0.5) for axis in (1, 0))
    middle = np.array([columns.start + columns.stop, rows.start + rows.stop]) / 2
    off = (middle - np.array(whole.ink.shape[::-1]) / 2) * whole.scale
    raw = _Placed(whole.ink[rows, columns], whole.scale, whole.place + off)
    box = raw.moved_to(_MIDDLE) if switches.box else raw
    longest = max(*raw.ink.shape, _SMALLEST * max(whole.ink.shape))
    size = box._replace(scale=EXTENT / longest) if switches.size else box
    pen = _with_pen(size, switches.size) if switches.pen else size
    centre = _centred(pen) if switches.centre else pen
    return [raw, box, size, pen, centre]


def _extent(mask: NDArray[np.bool_]) -> slice:
    found = np.flatnonzero(mask)
    return slice(int(found[0]), int(found[-1]) + 1)


def _centred(placed: _Placed) -> _Placed:
    """Centre of mass to `MASS_CENTRE`, unless that would push ink out of the image."""
    height, width = placed.ink.shape
    mass = placed.ink.sum()
    across, down = placed.ink.sum(axis=0) @ np.arange(width), placed.ink.sum(axis=1) @ np.arange(height)
    off = (np.array([across, down]) / mass + 0.5 - np.array([width, height]) / 2) * placed.scale
    room = np.maximum(SIZE / 2 - np.array([width, height]) * placed.scale / 2, 0.0)
    return placed.moved_to(_MIDDLE + np.clip(MASS_CENTRE - SIZE / 2 - off, -room, room))


def _with_pen(placed: _Placed, fit: bool) -> _Placed:
    """The same lines as wide as the pen; with `fit` still 20 pixels long, pen included."""
    width = _line_width(placed.ink > 0.5)
    extent = max(placed.ink.shape)
    scale = (EXTENT - PEN) / (extent - width) if fit and extent > 2 * width else placed.scale
    fine = scale * _FINE
    margin = int(PEN * _FINE) + 2
    shape = [round(n * fine) + 2 * margin for n in placed.ink.shape]
    mask = resample(placed.ink, fine, (margin, margin), (shape[0], shape[1])) > 0.5
    wider = (PEN * _FINE - width * fine) / 2
    distance = _signed_distance(mask)
    # Thick parts are thinned, but nothing is thinned away.
    drawn = np.clip(distance + max(wider, -0.6 * float(distance.max())) + 0.5, 0.0, 1.0)
    return _Placed(drawn, 1 / _FINE, placed.place)


def _line_width(mask: NDArray[np.bool_]) -> float:
    """Mean width of the lines in pixels: four times the mean distance from inside to the nearest edge."""
    padded = np.pad(mask, 1)
    return float(4 * (np.sqrt(_square_distance(padded)[padded]) - 0.5).mean()) if mask.any() else 1.0


def _signed_distance(mask: NDArray[np.bool_]) -> Floats:
    """Distance in pixels to the edge of `mask`, positive inside."""
    inside, outside = np.sqrt(_square_distance(mask)), np.sqrt(_square_distance(~mask))
    distance: Floats = np.where(mask, inside - 0.5, 0.5 - outside)
    return distance


def _square_distance(mask: NDArray[np.bool_]) -> Floats:
    """Squared distance of each pixel in `mask` (height, width) to the nearest one that is not, columns then rows."""
    height, width = mask.shape
    y = np.arange(height)[:, None]
    above = np.maximum.accumulate(np.where(mask, -4 * (height + width), y), axis=0)
    below = np.minimum.accumulate(np.where(mask, 4 * (height + width), y)[::-1], axis=0)[::-1]
    upright = np.minimum(y - above, below - y).astype(np.float64) ** 2
    x = np.arange(width)
    across = ((x[:, None] - x[None, :]) ** 2).astype(np.float64)
    return np.stack([(row + across).min(axis=1) for row in upright])
