"""Colours and shapes of what lies on the plane."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from nnplayground.data.task import Data
from nnplayground.engine.arrays import Array
from nnplayground.gui.theme import Theme

SYMBOLS = ("o", "s", "t1", "d", "p", "h", "star", "x", "t", "+")
"""pyqtgraph's names; classes differ by shape as well as by colour."""
BANDS = 5
"""Steps of a value on each side of zero, where it is shown in steps."""
SHADES = 256
"""Of each class."""
FAINT, FULL = 0.10, 0.62
"""How much of its colour an area shows where the classes are level, and where one is certain."""


def class_picture(shares: Array, theme: Theme, discrete: bool = False) -> NDArray[np.uint8]:
    """Pixels (n, n, 4): the colour of the most probable class, paler the less probable it is, unless `discrete`.

    `shares`: (n, n, classes).
    """
    count = shares.shape[2]
    planes = np.ascontiguousarray(shares.transpose(2, 0, 1))
    largest, place = planes[0].copy(), np.zeros(shares.shape[:2], np.intp)
    for k in range(1, count):  # argmax over a few classes takes three times as long
        np.copyto(place, SHADES * k, where=planes[k] > largest)
        np.maximum(largest, planes[k], out=largest)
    if discrete:
        place += SHADES - 1
    else:
        certainty = np.clip((largest - 1 / count) / (1 - 1 / count), 0, 1)
        place += (np.nan_to_num(certainty) * (SHADES - 1)).astype(np.uint8)
    found: NDArray[np.uint8] = _class_tables(count, theme).reshape(-1, 4).take(place, axis=0)
    return found


@lru_cache(maxsize=16)
def _class_tables(count: int, theme: Theme) -> NDArray[np.uint8]:
    """(count, SHADES, 4): from classes that are level to certainty."""
    colors = np.array([_rgb(theme.class_color(i)) for i in range(count)], np.float32)
    paper = np.array(_rgb(theme.surface), np.float32)
    strength = np.linspace(FAINT, FULL, SHADES, dtype=np.float32)[:, None]
    return _opaque(paper + (colors[:, None, :] - paper) * strength)


def value_picture(values: Array, furthest: float, theme: Theme, discrete: bool = False) -> NDArray[np.uint8]:
    """Pixels (..., 4) for the values (...) of a regression: negative, zero and positive in the theme's three colours.

    `discrete`: in `BANDS` steps on each side of zero.
    """
    with np.errstate(all="ignore"):
        share = values / furthest
        if discrete:
            share = (np.floor(share * BANDS) + 0.5) / BANDS
        place = np.nan_to_num((share + 1) * 127.5)
    found: NDArray[np.uint8] = theme.diverging_table()[np.clip(place, 0, 255).astype(np.uint8)]
    return found


def value_colors(values: Array, furthest: float, theme: Theme) -> list[QColor]:
    """The colours of some values, as `value_picture` has them."""
    return [QColor(*pixel) for pixel in value_picture(np.asarray(values), furthest, theme).tolist()]


def furthest(data: Data) -> float:
    """The largest size of a value that is to be learnt: it has the full colour."""
    return max(float(np.abs(data.train_labels).max()), 1e-9)


def _rgb(color: str) -> tuple[int, int, int]:
    found = QColor(color)
    return found.red(), found.green(), found.blue()


def _opaque(colors: NDArray[np.float32]) -> NDArray[np.uint8]:
    pixels = np.full((*colors.shape[:2], 4), 255, np.uint8)
    pixels[:, :, :3] = colors
    return pixels
