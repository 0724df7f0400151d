"""Samples to look at: images in a grid, points on their plane, values over a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedLayout, QWidget

from nnplayground.data.task import Data, first_values
from nnplayground.engine.arrays import Array
from nnplayground.gui.curve import Floats
from nnplayground.gui.image_grid import ImageGrid, Item
from nnplayground.gui.image_tile import as_bytes
from nnplayground.gui.plot import Plot
from nnplayground.gui.plot_points import Points, looks_of, nearest_point
from nnplayground.gui.spots import Spots
from nnplayground.gui.theme import Theme
from nnplayground.gui.ui import Ui
from nnplayground.text import Text
from nnplayground.training.probes._plane import points_of

NAME = Text("Samples", "データ")
BACKGROUND = 600
"""Points that are drawn faintly behind the chosen ones, at most."""


@dataclass(frozen=True, eq=False)
class Exhibits:
    """The chosen samples of a side of `data`: their numbers (n,), a word and a sentence for each."""

    data: Data
    side: str
    samples: NDArray[np.intp]
    captions: Sequence[str]
    spoken: Sequence[Text]

    @property
    def rows(self) -> Array:
        """Their inputs, (n, features)."""
        return (self.data.x_train if self.side == "train" else self.data.x_test)[self.samples]

    @property
    def labels(self) -> NDArray[np.generic]:
        """Their right answers."""
        return (self.data.train_labels if self.side == "train" else self.data.test_labels)[self.samples]


class Gallery(QWidget):
    """Shows images as images, and anything else by the place of its point."""

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        self.grid = ImageGrid(ui, NAME)
        self.grid.setObjectName("gallery_grid")
        self.plot = PointsPlot(ui)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self.plot)

    def show_exhibits(self, shown: Exhibits) -> None:
        """Show these instead of those before."""
        if len(shown.data.input_shape) == 3:
            images = shown.rows.reshape(-1, *shown.data.input_shape)[:, 0]
            known = zip(images, shown.captions, shown.spoken, strict=True)
            self.grid.show_items([Item(as_bytes(image), caption, said) for image, caption, said in known])
            self._stack.setCurrentWidget(self.grid)
        else:
            self.plot.show_exhibits(shown)
            self._stack.setCurrentWidget(self.plot)


def places(data: Data, side: str) -> Floats:
    """Where the samples of a side are drawn, (samples, 2): on the plane, or over the line of their only input."""
    train, test = points_of(data)
    points = train if side == "train" else test
    if points.shape[1] == 1:
        labels = data.train_labels if side == "train" else data.test_labels
        return np.column_stack([points[:, 0], first_values(labels)]).astype(np.float64)
    return points[:, :2].astype(np.float64)


class PointsPlot(Plot):
    """All points of a side faintly, and the chosen ones in the shape and colour of their class."""

    def __init__(self, ui: Ui) -> None:
        super().__init__(ui, NAME, Text.same("x₁"), Text.same("x₂"))
        self.all, self.chosen = Spots(5), Points(self, 11)
        self.box.addItem(self.all, ignoreBounds=True)
        self._shown: Exhibits | None = None
        self._places: Floats = np.empty((0, 2))
        ui.bind_theme(self._restyle_points, self)

    def show_exhibits(self, shown: Exhibits) -> None:
        """Show these instead of those before."""
        fresh = self._shown is None or self._shown.data is not shown.data or self._shown.side != shown.side
        self._shown = shown
        self._places = places(shown.data, shown.side)
        if fresh:
            on_line = shown.data.input_shape == (1,)
            self.set_names(Text.same("x"), Text.same("y")) if on_line else self.set_names(self.x_name, self.y_name)
            known = self._places[np.isfinite(self._places).all(axis=1)]
            low, high = known.min(axis=0), known.max(axis=0)
            room = 0.08 * np.maximum(high - low, 1e-6)
            self.follow.fix(*((float(a), float(b)) for a, b in zip(low - room, high + room, strict=True)))
            self.fit()
            self._paint_background(self.ui.theme)
        self._paint()
        self.read()

    def _paint_background(self, theme: Theme) -> None:
        self.all.dress(theme.border, None)
        self.all.setData(pos=self._places[:BACKGROUND])

    def _restyle_points(self, theme: Theme) -> None:
        self._paint_background(theme)
        self._paint()

    def _paint(self) -> None:
        if self._shown is None:
            return
        theme, shown = self.ui.theme, self._shown
        labels = first_values(shown.labels)
        looks = looks_of(labels, shown.data.task, theme)
        self.chosen.show(self._places[shown.samples], looks, theme.text)

    @Slot()
    def read(self) -> None:
        """What is said of the chosen point under the pointer."""
        shown = self._shown
        nearest = None if shown is None else nearest_point(self, self._places[shown.samples])
        if self.pointer is None or shown is None or nearest is None:
            self.readout.hide()
        else:
            self.readout.say([self.ui.text(shown.spoken[nearest])], self.pointer)
