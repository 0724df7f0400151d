"""Reading the points of a plot."""

from __future__ import annotations

import numpy as np

from nnplayground.gui.curve import Floats
from nnplayground.gui.plot import Plot

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
