"""Bars for the gradient: two for each parameter, found in two ways."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Slot
from PySide6.QtGui import QColor

from nnplayground.gui.panes.gradient_bars import GradientBarsPane
from nnplayground.gui.parameter_names import bar_name
from nnplayground.gui.plot import Plot
from nnplayground.gui.readout import number
from nnplayground.gui.ui import Ui
from nnplayground.text import Text
from nnplayground.training.inspection.gradient_bars import GradientBars

PARAMETER = Text("Parameter", "パラメータ")
GRADIENT = Text("Gradient ∂E/∂w", "勾配 ∂E/∂w")
NUMERIC = Text("Numerical", "数値微分")
BACKPROP = Text("Backpropagation", "誤差逆伝播")
DIFFERENCE = Text("Difference", "差")
VALUE = Text("Value", "値")
WIDE = 0.4
"""Width of a bar, of the distance between two parameters."""


class GradientPlot(Plot):
    """At the left of each place the numerical gradient, outlined; at the right the one of backpropagation, filled."""

    def __init__(self, ui: Ui) -> None:
        super().__init__(ui, GradientBarsPane.label, PARAMETER, GRADIENT)
        self.hold_axis()
        self.numeric = pg.BarGraphItem(x=[], height=[], width=WIDE)
        self.backprop = pg.BarGraphItem(x=[], height=[], width=WIDE)
        for item in (self.numeric, self.backprop):
            self.box.addItem(item, ignoreBounds=True)
        self.difference = self.curve(DIFFERENCE, lambda t: t.error, bold=False)
        self.found: GradientBars | None = None
        ui.bind_theme(lambda _theme: self._paint(), self)

    def show_bars(self, found: GradientBars) -> None:
        """Show these."""
        self.found = found
        x = np.arange(1.0, len(found.bars) + 1)
        both = np.concatenate([found.numeric, found.backprop, [0.0]])
        both = both[np.isfinite(both)]
        low, high = float(both.min()), float(both.max())
        room = max(high - low, 1e-9) * 0.08
        self.follow.fix(x=(0.3, len(x) + 0.7), y=(low - room, high + room))
        self.difference.set(x, found.difference)
        if self.follow.following:
            self.fit()
        self._paint()

    def _paint(self) -> None:
        if self.found is None:
            return
        x = np.arange(1.0, len(self.found.bars) + 1)
        colors = [QColor(self.ui.theme.curve_color(bar.layer)) for bar in self.found.bars]
        fills = []
        for color in colors:
            pale = QColor(color)
            pale.setAlphaF(0.25)
            fills.append(pale)
        numeric, backprop = (np.nan_to_num(v, posinf=0, neginf=0) for v in (self.found.numeric, self.found.backprop))
        self.numeric.setOpts(
            x=x - WIDE / 2, height=numeric, width=WIDE, brushes=fills, pens=[pg.mkPen(c) for c in colors]
        )
        self.backprop.setOpts(x=x + WIDE / 2, height=backprop, width=WIDE, brushes=colors, pen=None, pens=None)

    @Slot()
    def read(self) -> None:
        """The parameter at the pointer, by name, and its numbers."""
        found = self.found
        if self.pointer is None or found is None or not found.bars:
            self.readout.hide()
            return
        x = self.box.mapSceneToView(self.view.mapToScene(self.pointer)).x()
        i = min(max(round(x) - 1, 0), len(found.bars) - 1)
        columns = ((VALUE, found.values), (NUMERIC, found.numeric), (BACKPROP, found.backprop))
        lines = [self.ui.text(bar_name(found.bars[i]))]
        lines += [f"{self.ui.text(name)}: {float(values[i]):.6g}" for name, values in columns]
        lines.append(f"{self.ui.text(DIFFERENCE)}: {number(float(found.difference[i]))}")
        self.readout.say(lines, self.pointer)

    def columns(self) -> list[list[str]]:
        found, words = self.found, self.ui.text
        if found is None:
            return []
        named = [[words(PARAMETER), *(words(bar_name(bar)) for bar in found.bars)]]
        values = ((VALUE, found.values), (NUMERIC, found.numeric), (BACKPROP, found.backprop))
        return named + [[words(name), *map(repr, column.astype(float).tolist())] for name, column in values]
