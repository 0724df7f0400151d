"""The loss over a plane of two directions, with the way the run came."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Slot

from nnplayground.gui.color import table
from nnplayground.gui.plot import Plot
from nnplayground.gui.plot_items import Picture
from nnplayground.gui.spots import Spots
from nnplayground.gui.theme import Theme
from nnplayground.gui.ui import Ui
from nnplayground.gui.valley_plot import LOSS
from nnplayground.text import Text
from nnplayground.training.inspection.loss_slice import LossPlane

NAME = Text("Loss landscape", "損失の地形")
FIRST, SECOND = Text("First direction", "第 1 の方向"), Text("Second direction", "第 2 の方向")
PATH = Text("Way of the run", "学習の道のり")


class LandscapePlot(Plot):
    """Low places in the colour of the training curve, high ones in that of the test curve."""

    def __init__(self, ui: Ui) -> None:
        super().__init__(ui, NAME, FIRST, SECOND)
        self.hold_axis()
        self.picture = Picture(self)
        self.path = self.curve(PATH, lambda t: t.text)
        self.here = Spots(12)
        self.box.addItem(self.here, ignoreBounds=True)
        self.found: LossPlane | None = None
        ui.bind_theme(self._restyle_point, self)
        ui.theme_changed.connect(self._paint)

    def show_plane(self, found: LossPlane) -> None:
        """Show it."""
        x, y = found.x, found.y
        if not (np.isfinite(x).all() and np.isfinite(y).all()):  # pyqtgraph must not see it
            return
        self.found = found
        half = (x[1] - x[0]) / 2, (y[1] - y[0]) / 2
        self.follow.fix(x=(x[0] - half[0], x[-1] + half[0]), y=(y[0] - half[1], y[-1] + half[1]))
        self.path.set(found.path[:, 0], found.path[:, 1])
        self.here.setData([0.0], [0.0])
        if self.follow.following:
            self.fit()
        self._paint()
        self.read()

    @Slot()
    def _paint(self, *_: object) -> None:
        found = self.found
        if found is not None:
            low, high = self.follow_range(found.x), self.follow_range(found.y)
            place = QRectF(low[0], high[0], low[1] - low[0], high[1] - high[0])
            self.picture.set(heights(found.losses, self.ui.theme), place)

    @staticmethod
    def follow_range(axis: NDArray[np.float64]) -> tuple[float, float]:
        """From edge to edge of the outer cells."""
        half = (axis[1] - axis[0]) / 2
        return float(axis[0] - half), float(axis[-1] + half)

    def _restyle_point(self, theme: Theme) -> None:
        self.here.dress(theme.text, theme.surface)

    @Slot()
    def read(self) -> None:
        """The loss at the pointer."""
        found = self.found
        if self.pointer is None or found is None:
            self.readout.hide()
            return
        at = self.box.mapSceneToView(self.view.mapToScene(self.pointer))
        i, j = int(np.abs(found.y - at.y()).argmin()), int(np.abs(found.x - at.x()).argmin())
        self.readout.say([f"{self.ui.text(LOSS)}: {found.losses[i, j]:.4g}"], self.pointer)


def heights(losses: NDArray[np.float64], theme: Theme) -> NDArray[np.uint8]:
    """Pixels (n, n, 4) for losses, by their logarithm; what is not finite is the highest."""
    with np.errstate(all="ignore"):
        logs = np.log10(np.maximum(losses, 1e-12))
    known = logs[np.isfinite(logs)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    share = np.where(np.isfinite(logs), (logs - low) / max(high - low, 1e-9), 1.0)
    colors = table(theme.train, theme.surface, theme.test)
    found: NDArray[np.uint8] = colors[np.clip(share * 255, 0, 255).astype(np.uint8)]
    return found
