"""The loss along one parameter, with the tangent, and a secant whose step is dragged."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal

from nnplayground.gui.plot import Plot
from nnplayground.gui.spots import Spots
from nnplayground.gui.theme import Theme
from nnplayground.gui.ui import Ui
from nnplayground.text import Text
from nnplayground.training.inspection.secants import SecantErrors
from nnplayground.training.probes.loss_of_parameter import Valley

LOSS = Text("Loss E", "損失 E")
NAME = Text("Loss along one parameter", "1 つのパラメータに沿った損失")
VALUE = Text("Value of the parameter", "パラメータの値")
SECANT = Text("Secant", "割線")
TANGENT = Text("Tangent", "接線")
ERRORS = Text("Error of the numerical slope", "数値微分の誤差")
STEP = Text("Step h", "刻み幅 h")
ERROR = Text("|Error|", "誤差の絶対値")
CENTRAL = Text("Central difference", "中心差分")
FORWARD = Text("Forward difference", "前進差分")


class ValleyPlot(Plot):
    """Drag one of the two upright lines to change the step."""

    dragged = Signal(float)
    """The new step h."""

    def __init__(self, ui: Ui) -> None:
        super().__init__(ui, NAME, VALUE, LOSS)
        self.valley = self.curve(LOSS, lambda t: t.train)
        self.secant = self.curve(SECANT, lambda t: t.test)
        self.tangent = self.curve(TANGENT, lambda t: t.success, style=Qt.PenStyle.DashLine)
        self.handles = [pg.InfiniteLine(angle=90, movable=True) for _ in range(2)]
        self.point, self.ends = Spots(11), Spots(8)
        for item in (*self.handles, self.ends, self.point):
            self.box.addItem(item, ignoreBounds=True)
        for handle in self.handles:
            handle.sigPositionChanged.connect(self._drag)
        self._w = 0.0
        self._quiet = False
        self._frame: tuple[float, float] | None = None
        ui.bind_theme(self._restyle_marks, self)

    def show_valley(self, found: Valley) -> None:
        """Show it."""
        line = found.secant
        if not np.isfinite(found.w).all():  # pyqtgraph must not see it
            return
        self._w = line.w
        known = found.losses[np.isfinite(found.losses)]
        low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
        room = max(high - low, 1e-9) * 0.1
        self.follow.fix(x=(float(found.w[0]), float(found.w[-1])), y=(low - room, high + room))
        if self.follow.following:
            self.fit()
        self.valley.set(found.w, found.losses)
        ends = np.array([found.w[0], found.w[-1]])
        self.secant.set(ends, line.below + line.slope * (ends - (line.w - line.h)))
        self.tangent.set(ends, line.here + line.exact * (ends - line.w))
        self.point.setData([line.w], [line.here])
        places = [(line.w - line.h, line.below), (line.w + line.h, line.above)]
        shown = [place for place in places if np.isfinite(place).all()]
        self.ends.setData(*(np.array(v) for v in zip(*shown, strict=True))) if shown else self.ends.clear()
        self._quiet = True
        for handle, (x, _) in zip(self.handles, places, strict=True):
            if not handle.moving:
                handle.setPos(x)
        self._quiet = False

    def _drag(self, handle: pg.InfiniteLine) -> None:
        if not self._quiet:
            self.dragged.emit(abs(float(handle.value()) - self._w))

    def _restyle_marks(self, theme: Theme) -> None:
        for handle in self.handles:
            handle.setPen(pg.mkPen(theme.test, width=1, style=Qt.PenStyle.DashLine))
            handle.setHoverPen(pg.mkPen(theme.test, width=2))
        self.point.dress(theme.text, theme.surface)
        self.ends.dress(theme.test, theme.surface)


class ErrorPlot(Plot):
    """The V: too large a step misses the curve, too small a one loses the digits."""

    def __init__(self, ui: Ui) -> None:
        super().__init__(ui, ERRORS, STEP, ERROR)
        self.central = self.curve(CENTRAL, lambda t: t.test)
        self.forward = self.curve(FORWARD, lambda t: t.muted, style=Qt.PenStyle.DashLine)
        self.set_log(True, True)

    def show_errors(self, found: SecantErrors, h: float) -> None:
        """Show them, with a mark at the step `h`."""
        order = np.argsort(found.h)
        self.central.set(found.h[order], found.central[order])
        self.forward.set(found.h[order], found.forward[order])
        self.set_marks([(h, STEP)])
