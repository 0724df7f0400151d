"""Points in a plot, many at once, and reading them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.task import Task
from nnplayground.gui.curve import Floats
from nnplayground.gui.plane_colors import SYMBOLS, value_colors
from nnplayground.gui.plot import Plot
from nnplayground.gui.spots import Spots
from nnplayground.gui.theme import Theme

SHADES = 6
"""On each side of zero."""
NEAR = 14.0
"""Pixels from the pointer to the point that is read."""


def nearest_point(plot: Plot, points: Floats) -> int | None:
    """Which of `points` (n, 2) the pointer is at; None if it is at none."""
    if plot.pointer is None or not len(points):
        return None
    at = plot.box.mapSceneToView(plot.view.mapToScene(plot.pointer))
    pixel = np.maximum(plot.box.viewPixelSize(), 1e-300)
    distance = np.hypot(*((points - (at.x(), at.y())) / pixel).T)
    nearest = int(np.nan_to_num(distance, nan=np.inf).argmin())
    return nearest if distance[nearest] <= NEAR else None


def looks_of(labels: NDArray[np.generic], task: Task, theme: Theme) -> list[tuple[str, str]]:
    """Symbol and colour for each of `labels` (n,): of its class, or of its value in `SHADES` steps."""
    if task.is_classification:
        return [(SYMBOLS[k % len(SYMBOLS)], theme.class_color(k)) for k in labels.astype(int).tolist()]
    values = np.nan_to_num(labels.astype(np.float64))
    furthest = max(float(np.abs(values).max(initial=0.0)), 1e-9)
    steps = np.round(values / furthest * SHADES) / SHADES
    return [("o", color.name()) for color in value_colors(steps, 1.0, theme)]


class Points:
    """Points of several looks. One item for each look: pyqtgraph is slow where every point has its own."""

    def __init__(self, plot: Plot, size: int) -> None:
        self._plot, self._size = plot, size
        self.items: dict[tuple[str, str], Spots] = {}
        """By symbol and colour."""

    def show(self, places: Floats, looks: Sequence[tuple[str, str]], edge: str) -> None:
        """Show points at `places` (n, 2), each with its symbol and colour, and an edge in another colour."""
        groups: dict[tuple[str, str], list[int]] = {look: [] for look in self.items}
        for i, look in enumerate(looks):
            groups.setdefault(look, []).append(i)
        for look, members in groups.items():
            item = self.items.get(look) or self._add(look)
            item.dress(look[1], edge)
            item.setData(pos=places[members])

    def shown(self) -> list[tuple[float, float, str]]:
        """Place and colour of every point, group by group."""
        return [
            (point.pos().x(), point.pos().y(), point.brush().color().name())
            for item in self.items.values()
            for point in item.points()
        ]

    def _add(self, look: tuple[str, str]) -> Spots:
        self.items[look] = item = Spots(self._size, look[0])
        self._plot.box.addItem(item, ignoreBounds=True)
        return item
