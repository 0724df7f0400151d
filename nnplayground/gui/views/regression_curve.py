"""A network with one input as what it is: a curve through the data."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from nnplayground.data.task import Data, first_values
from nnplayground.gui.blank import LOADING, Blank
from nnplayground.gui.desk import Desk
from nnplayground.gui.panes import PaneView
from nnplayground.gui.panes.regression_curve import RegressionCurvePane
from nnplayground.gui.plane_plot import POINTS, SIZE
from nnplayground.gui.plot import Plot
from nnplayground.gui.spots import Spots
from nnplayground.gui.switches import Switches
from nnplayground.gui.theme import Theme
from nnplayground.text import Text
from nnplayground.training.probes import Probe
from nnplayground.training.probes.regression_curve import Curve, RegressionCurve
from nnplayground.training.snapshot import Snapshot

OUTPUT = Text("Network", "ネットワーク")
HIDDEN, SHOW_HIDDEN = (
    Text("Units", "ユニット"),
    Text("Show the units of the last hidden layer", "最後の中間層のユニットを表示"),
)
PROBE = RegressionCurve()
ROOM = 0.25
"""Room above and below the data, as a share of its height."""


class RegressionCurveView(PaneView):
    """The curve, its data, and the units it is made of."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("regression_curve_view")
        self.plot = CurvePlot(desk)
        self.switches = Switches(desk.ui, "curve")
        self.hidden = self.switches.add("hidden", HIDDEN, SHOW_HIDDEN)
        self.plot.header.insertWidget(0, self.switches)
        self.blank = Blank(desk.ui, self.plot)
        self._drawn: tuple[Data, Theme] | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 0, 8, 8)
        layout.addWidget(self.blank)
        self.switches.changed.connect(self._show_sides)
        desk.ui.theme_changed.connect(self.refresh)

    def probes(self, snapshot: Snapshot) -> tuple[Probe, ...]:
        return (PROBE,)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        answer = snapshot.probes.get(PROBE)
        if not isinstance(answer, Curve):
            self.desk.controller.prepare()
            self.blank.say(LOADING)
            return
        theme = self.desk.ui.theme
        if self._drawn is None or self._drawn[0] is not answer.data or self._drawn[1] is not theme:
            self._drawn = answer.data, theme
            self.plot.show_data(answer)
            self._show_sides()
        self.plot.show_curve(answer)
        self.blank.say(None)

    @Slot()
    def _show_sides(self) -> None:
        switches = self.switches
        for item, switch in zip(
            (*self.plot.sides, self.plot.units), (switches.train, switches.test, self.hidden), strict=True
        ):
            item.setVisible(switch.isChecked())


class CurvePlot(Plot):
    """Asks the network about the x under the pointer."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.ui, RegressionCurvePane.label, Text.same("x"), Text.same("y"))
        self._desk = desk
        self.units = pg.PlotCurveItem(connect="finite", antialias=False)
        self.units.setZValue(-20)
        self.sides = Spots(SIZE - 2), Spots(SIZE - 2)
        for item in (self.units, *self.sides):
            self.box.addItem(item, ignoreBounds=True)
        self.output = self.curve(OUTPUT, lambda theme: theme.accent)

    def show_data(self, answer: Curve) -> None:
        """Draw the first samples of each side."""
        theme, data = self.ui.theme, answer.data
        looks = ((theme.train, theme.surface), (theme.surface, theme.test))
        rows = ((data.x_train, data.train_labels), (data.x_test, data.test_labels))
        for side, (fill, edge), (x, y) in zip(self.sides, looks, rows, strict=True):
            values = first_values(y)[:POINTS].astype(float)
            side.dress(fill, edge)
            side.setData(x[:POINTS, 0].astype(float), values)
        self.units.setPen(pg.mkPen(theme.outline))
        every = np.concatenate([first_values(y) for _, y in rows]).astype(float)
        low, high = float(every.min()), float(every.max())
        room = ROOM * max(high - low, 1e-6)
        self.follow.fix(x=(float(answer.x[0]), float(answer.x[-1])), y=(low - room, high + room))
        self.fit()

    def show_curve(self, answer: Curve) -> None:
        """Draw the network's answers, and its units."""
        self.output.set(answer.x, answer.y[0])
        gap = np.full((len(answer.hidden), 1), np.nan)
        units = np.concatenate([np.nan_to_num(answer.hidden, posinf=1e6, neginf=-1e6), gap], axis=1)
        self.units.setData(np.tile(np.append(answer.x, answer.x[-1:]), len(units)), units.ravel())

    @Slot()
    def read(self) -> None:
        """Show the values at the pointer, and ask the network about that x."""
        super().read()
        if self.pointer is not None:
            x = self.box.mapSceneToView(self.view.mapToScene(self.pointer)).x()
            self._desk.question.ask(np.array([x], np.float32))
