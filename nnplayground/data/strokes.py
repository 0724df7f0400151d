"""From pen strokes to the 28x28 image a network reads, as MNIST's images were made.

Strokes are kept as strokes and drawn anew at 28x28 with a pen of fixed width, so that the device's pixels,
the canvas's size, the pen's width and the pen's speed change nothing. Each step can be switched off, to see
why digits that are small, thin or off-centre fail elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.raster import Floats, draw, path
from nnplayground.text import Problem, Text

SIZE = 28
"""Side of the image in pixels."""
EXTENT = 20.0
"""Longer side of the ink in pixels, as in MNIST."""
PEN = 2.2
"""Width of the pen in pixels of the image."""
MASS_CENTRE = SIZE / 2 + 0.5
"""Where the centre of mass comes to lie: the middle of pixel 14, counted from 0, as in MNIST."""
CANVAS_PEN = 0.08
"""Width of the pen on the canvas, as a share of the canvas's side, unless told."""
_SMALLEST = 0.02
"""A digit smaller than this share of the canvas is a slip of the pen and is enlarged no further."""
_PLACES = np.arange(SIZE) + 0.5
"""The middles of the pixels of a row or a column."""

Strokes = Sequence[Any]
"""Strokes in drawing order, each a sequence of (x, y) in 0..1 of the canvas, y down."""


@dataclass(frozen=True)
class Switches:
    """Which steps are taken between the canvas and the network."""

    box: bool = True
    """Move the middle of the digit's box to the middle of the image."""
    size: bool = True
    """Scale the longer side of the digit to 20 pixels."""
    pen: bool = True
    """Draw with a pen of 2.2 pixels, whatever the pen on the canvas was."""
    centre: bool = True
    """Move the centre of mass of the ink to the middle of the image (of pixel 14)."""


@dataclass(frozen=True)
class Stage:
    """One step of the way: its id (`raw` or a field of `Switches`), its name, and what the network would get here."""

    id: str
    label: Text
    image: NDArray[np.float32]


LABELS = {
    "raw": Text("As drawn", "描いたまま"),
    "box": Text("Box", "外枠"),
    "size": Text("Size", "大きさ"),
    "pen": Text("Pen", "線の太さ"),
    "centre": Text("Centred", "重心合わせ"),
}


def digit_image(strokes: Strokes, switches: Switches | None = None, pen: float = CANVAS_PEN) -> NDArray[np.float32]:
    """The image the network gets: (28, 28) float32 in 0..1, white ink on black; zeros when nothing is drawn.

    `pen` is the pen's width on the canvas (share of its side); it matters only while `switches.pen` is off.
    Raises `Problem` when a coordinate is not a finite number.
    """
    checked = check(strokes)
    if not checked:
        return np.zeros((SIZE, SIZE), dtype=np.float32)
    return _image(checked, switches or Switches(), pen)


def stages(strokes: Strokes, switches: Switches | None = None, pen: float = CANVAS_PEN) -> tuple[Stage, ...]:
    """The image after each step (`raw`, `box`, `size`, `pen`, `centre`); the last one is what the network gets.

    A step that is switched off leaves the image as the step before it. Other arguments as for `digit_image`.
    """
    wanted = switches or Switches()
    checked = check(strokes)
    so_far = Switches(box=False, size=False, pen=False, centre=False)
    found = []
    for name in LABELS:
        if name != "raw":
            so_far = replace(so_far, **{name: getattr(wanted, name)})
        image = _image(checked, so_far, pen) if checked else np.zeros((SIZE, SIZE), dtype=np.float32)
        found.append(Stage(name, LABELS[name], image))
    return tuple(found)


def check(strokes: Strokes) -> list[Floats]:
    """Strokes as float64 arrays (n, 2), empty ones left out; raises `Problem` unless all points are finite."""
    try:
        arrays = [np.asarray(s, dtype=np.float64) for s in strokes]
    except (TypeError, ValueError, OverflowError):
        raise _bad_points() from None
    arrays = [a for a in arrays if a.size]
    for a in arrays:
        if a.ndim != 2 or a.shape[1] != 2 or not np.isfinite(a).all() or np.abs(a).max() > 1e6:
            raise _bad_points()
    return arrays


def _bad_points() -> Problem:
    return Problem(
        Text(
            "Strokes: a point is not a pair of finite numbers; draw the digit again.",
            "ストローク: 有限の数の組ではない点があります。数字を描き直してください。",
        )
    )


def _image(strokes: list[Floats], switches: Switches, pen: float) -> NDArray[np.float32]:
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    span = max(float((high - low).max()), _SMALLEST)
    if switches.size:
        scale = (EXTENT - PEN) / span if switches.pen else EXTENT / (span + pen)
    else:
        scale = float(SIZE)
    width = PEN if switches.pen else pen * scale
    box_centre = (low + high) / 2
    target = np.full(2, SIZE / 2) if switches.box else box_centre * SIZE
    ink = path([(s - box_centre) * scale + target for s in strokes], SIZE)
    image = draw(ink, width, SIZE)
    if not switches.centre:
        return image
    half = (high - low) * scale / 2 + width / 2
    return draw(ink.moved(_to_centre(image, target, half)), width, SIZE)


def _to_centre(image: NDArray[np.float32], middle: Floats, half: Floats) -> Floats:
    """Shift in pixels that brings the centre of mass to `MASS_CENTRE`, unless that would push ink out of the frame."""
    columns, rows = image.sum(axis=0, dtype=np.float64), image.sum(axis=1, dtype=np.float64)
    mass = float(columns.sum())
    if mass <= 0.0:
        return np.zeros(2)
    centre = np.array([columns @ _PLACES, rows @ _PLACES]) / mass
    room = np.maximum(SIZE / 2 - half, 0.0)
    inside: Floats = np.minimum(np.maximum(middle + MASS_CENTRE - centre, SIZE / 2 - room), SIZE / 2 + room) - middle
    return inside


def switch_names() -> tuple[str, ...]:
    """The steps that can be switched, in order."""
    return tuple(f.name for f in fields(Switches))
