"""Paints the links: as many as look alike at a time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from nnplayground.gui.network.columns import Links
from nnplayground.gui.network.layout import Layout
from nnplayground.gui.network.parts import Part
from nnplayground.gui.network.reading import Reading
from nnplayground.gui.theme import Theme

THICK, SLIM = 6.0, 3.0
"""Width in pixels of the largest weight; the same where there are many links."""
LEVELS = 16
"""So many widths there are on each side of zero."""
FAINTEST = 0.3
"""Strength of the colour of a weight that is nearly zero: its sign can still be told."""
FEW = 90
"""Up to so many links are drawn thick and with soft edges."""


class Look(NamedTuple):
    """How a link looks: `level` from -LEVELS to LEVELS, `asleep` if a unit at its ends is silenced."""

    level: int
    asleep: bool = False
    frozen: bool = False


PLAIN = {level: Look(level) for level in range(-LEVELS, LEVELS + 1)}


def paint_links(painter: QPainter, layout: Layout, reading: Reading, theme: Theme) -> None:
    """Draw all links of `reading`."""
    alike: dict[Look, list[QLineF]] = {}
    for group in reading.links:
        for line, look in zip(layout.lines(group), looks(group, layout, reading), strict=True):
            if line is not None:
                alike.setdefault(look, []).append(line)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, _are_few(reading))
    for look in sorted(alike, key=lambda look: (not look.asleep, abs(look.level))):  # the strong ones on top
        painter.setPen(_pen(look, reading, theme))
        painter.drawLines(alike[look])


def paint_marked(
    painter: QPainter, layout: Layout, reading: Reading, theme: Theme, part: Part, color: QColor
) -> None:  # fmt: skip
    """Draw one link once more, with an edge of `color`."""
    for group in reading.links:
        parts = layout.structure.parts(group)
        if part in parts:
            at = parts.index(part)
            line, pen = layout.lines(group)[at], _pen(looks(group, layout, reading)[at], reading, theme)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for each in (QPen(color, pen.widthF() + 4), pen):
                painter.setPen(each)
                painter.drawLines([line] if line is not None else [])


def looks(group: Links, layout: Layout, reading: Reading) -> list[Look]:
    """How each link of a group looks, row by row."""
    levels = levels_of(group).ravel().tolist()
    if not (reading.silenced or reading.frozen):
        return list(map(PLAIN.__getitem__, levels))
    source, target = (layout.structure.columns[place].nodes for place in (group.source, group.target))
    asleep = [bool({unit.part, node.part} & reading.silenced) for unit in target for node in source]
    frozen = [part in reading.frozen for part in layout.structure.parts(group)]
    return [Look(*each) for each in zip(levels, asleep, frozen, strict=True)]


def levels_of(group: Links) -> NDArray[np.intp]:
    """For each link the sign of its weight, and its size on a scale that shows small ones too."""
    size = np.fmax(np.abs(group.weights), 0.0)
    share = size / max(group.usual, float(size.max(initial=0.0)))
    sign = np.where(group.weights < 0, -1, 1)
    found: NDArray[np.intp] = (sign * np.ceil(np.sqrt(share) * LEVELS)).astype(np.intp)
    return found


def width_of(level: int, few: bool = True) -> float:
    """Pixels of a link of that level."""
    return 1.0 + ((THICK if few else SLIM) - 1.0) * (level / LEVELS) ** 2


def _are_few(reading: Reading) -> bool:
    return sum(group.weights.size for group in reading.links) <= FEW


def _pen(look: Look, reading: Reading, theme: Theme) -> QPen:
    strength = FAINTEST + (1 - FAINTEST) * abs(look.level) / LEVELS if look.level else 0.0
    entry = round(127.5 + 127.5 * (strength if look.level > 0 else -strength))
    color = QColor(theme.border) if look.asleep else QColor(*theme.diverging_table()[entry, :3].tolist())
    style = Qt.PenStyle.DotLine if look.frozen else Qt.PenStyle.SolidLine
    return QPen(color, width_of(look.level, _are_few(reading)), style, Qt.PenCapStyle.FlatCap)
