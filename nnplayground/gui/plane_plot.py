"""A plot of the plane: the map below, contours and data above, and the point that is asked about."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QGraphicsItem

from nnplayground.data.task import Data, first_values
from nnplayground.engine.arrays import Array
from nnplayground.gui.desk import Desk
from nnplayground.gui.plane_colors import SYMBOLS, furthest, value_colors
from nnplayground.gui.plot import Plot
from nnplayground.gui.plot_items import Picture
from nnplayground.gui.spots import Spots
from nnplayground.gui.theme import Theme
from nnplayground.text import Text
from nnplayground.training.probes._plane import points_of
from nnplayground.training.probes.decision_map import PlaneMap

POINTS = 600
"""Points of each side of the split that are drawn, at most."""
SIZE, RING = 9, 15
"""Pixels of a point, and of the ring around one that is taken for another class."""
CACHED = QGraphicsItem.CacheMode.DeviceCoordinateCache
"""Points stay while the map below them changes: painting them anew took a third of the time of each map."""
KEY_STEP = 0.02
"""Share of the plane by which an arrow key moves the point that is asked about."""
ARROWS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1),
}  # fmt: skip


class PlanePlot(Plot):
    """Asks the network about the point under the pointer; with the keyboard, arrow keys move that point."""

    def __init__(self, desk: Desk, name: Text) -> None:
        super().__init__(desk.ui, name, Text.same("x₁"), Text.same("x₂"))
        self._desk = desk
        self.box.setAspectLocked(True)
        self.picture = Picture(self)
        self.sides: dict[str, list[pg.ScatterPlotItem]] = {}
        self.rings = {side: Spots(RING) for side in ("train", "test")}
        self.contours: list[pg.PlotCurveItem] = []
        self._place = QRectF(0, 0, 1, 1)
        self.asked = pg.TargetItem(movable=False, size=12)
        self.asked.hide()
        for ring in self.rings.values():
            ring.setCacheMode(CACHED)
        for part in (*self.rings.values(), self.asked):
            self.box.addItem(part, ignoreBounds=True)
        desk.ui.bind_theme(self._recolor, self)

    def _recolor(self, theme: Theme) -> None:
        self.asked.setPen(pg.mkPen(theme.text))
        for ring in self.rings.values():
            ring.dress(None, theme.text, 1.5)

    # What is shown.

    def show_plane(self, low: float, high: float) -> None:
        """Show the square `low`..`high`."""
        self._place = QRectF(low, low, high - low, high - low)
        self.follow.fix(x=(low, high), y=(low, high))
        self.fit()

    def show_map(self, pixels: np.ndarray) -> None:
        """Colour the square with `pixels` (n, n, 4), row 0 lowest."""
        self.picture.set(pixels, self._place)

    def show_contours(self, answer: PlaneMap) -> None:
        """Draw the lines of equal share, each in the colour of its class."""
        theme = self.ui.theme
        while len(self.contours) < len(answer.contours):
            self.contours.append(pg.PlotCurveItem(connect="pairs", antialias=False))
            self.contours[-1].setSegmentedLineMode("on")  # a path of many short pieces costs more
            self.contours[-1].setZValue(-20)
            self.box.addItem(self.contours[-1], ignoreBounds=True)
        for k, curve in enumerate(self.contours):
            lines = answer.contours[k] if k < len(answer.contours) else np.empty((0, 2))
            curve.setData(lines[:, 0], lines[:, 1], pen=pg.mkPen(theme.class_color(k)))

    def show_data(self, data: Data) -> None:
        """Draw the first samples of each side: those of training filled, those of testing hollow."""
        for item in self._points():
            self.box.removeItem(item)
        train, test = points_of(data)
        self.sides = {
            "test": self._scatter(data, test[:POINTS], data.test_labels[:POINTS], hollow=True),
            "train": self._scatter(data, train[:POINTS], data.train_labels[:POINTS], hollow=False),
        }
        for item in self._points():
            item.setCacheMode(CACHED)
            self.box.addItem(item, ignoreBounds=True)

    def _points(self) -> list[pg.ScatterPlotItem]:
        return [item for items in self.sides.values() for item in items]

    def show_wrong(self, answer: PlaneMap) -> None:
        """Ring the samples that are taken for another class."""
        for side, points, wrong in zip(
            ("train", "test"), points_of(answer.data), (answer.wrong_train, answer.wrong_test), strict=True
        ):
            found = points[: len(wrong)][wrong].astype(float)
            ring = self.rings[side]
            if not np.array_equal(found, np.transpose(ring.getData())):
                ring.setData(pos=found)

    def show_side(self, side: str, on: bool) -> None:
        """Show or hide the "train" or "test" points."""
        for item in (*self.sides.get(side, ()), self.rings[side]):
            item.setVisible(on)

    def _scatter(self, data: Data, x: Array, labels: np.ndarray, hollow: bool) -> list[pg.ScatterPlotItem]:
        theme = self.ui.theme
        if not data.task.is_classification:
            paper = QColor(theme.surface)
            colors = value_colors(first_values(labels), furthest(data), theme)
            brushes = [pg.mkBrush(paper if hollow else c) for c in colors]
            pens = [pg.mkPen(c if hollow else theme.outline) for c in colors]
            return [pg.ScatterPlotItem(pos=x.astype(float), brush=brushes, pen=pens, size=SIZE - 1)]
        found = []
        for k in range(len(data.task.classes)):
            color = theme.class_color(k)
            spots = Spots(SIZE, SYMBOLS[k % len(SYMBOLS)])
            spots.dress(*((theme.surface, color) if hollow else (color, theme.surface)))
            spots.setData(pos=x[labels == k].astype(float))
            found.append(spots)
        return found

    # Asking.

    @Slot()
    def read(self) -> None:
        """Ask about the point under the pointer."""
        if self.pointer is not None:
            place = self.box.mapSceneToView(self.view.mapToScene(self.pointer))
            self.ask(place.x(), place.y())

    def ask(self, x: float, y: float) -> None:
        """Ask the network about a point."""
        self.asked.setPos(x, y)
        self.asked.show()
        row = self._desk.document.experiment.dataset.on_plane(np.array([[x, y]], np.float32))
        self._desk.question.ask(None if row is None else row[0])

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.key() not in ARROWS:
            return super()._on_key(event)
        dx, dy = ARROWS[Qt.Key(event.key())]
        step = KEY_STEP * self._place.width()
        start = self.asked.pos() if self.asked.isVisible() else self._place.center()
        there = QPointF(start.x() + dx * step, start.y() + dy * step)
        self.ask(
            min(max(there.x(), self._place.left()), self._place.right()),
            min(max(there.y(), self._place.top()), self._place.bottom()),
        )
        return True
