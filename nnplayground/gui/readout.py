"""The values under the pointer (or under the arrow keys), in words beside a thin line."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget

from nnplayground.gui.curve import Curve
from nnplayground.gui.theme import Theme
from nnplayground.gui.ui import Ui
from nnplayground.text import Text


class Readout:
    """Line and label of one plot; hidden until `show`."""

    def __init__(self, ui: Ui, parent: QWidget) -> None:
        self._ui = ui
        self._parent = parent
        self.line = pg.InfiniteLine(angle=90, movable=False)
        self.line.setZValue(50)
        self.line.hide()
        self.label = QLabel(parent)
        self.label.setObjectName("readout")
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.label.hide()

    def restyle(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.line.setPen(pg.mkPen(theme.outline, width=1, style=Qt.PenStyle.DashLine))
        self.label.setStyleSheet(
            f"background: {theme.surface}; color: {theme.text}; border: 1px solid {theme.outline};"
            "border-radius: 5px; padding: 4px 7px;"
        )

    def show(self, x: float, at: QPoint, x_name: Text, curves: Sequence[Curve], notes: Sequence[Text] = ()) -> None:
        """Read all `curves` at the points nearest to `x` (view coordinates); the label goes beside `at`."""
        found = [(curve, i) for curve in curves if (i := nearest(curve, x)) is not None]
        if not found:
            self.hide()
            return
        first, i = min(found, key=lambda pair: abs(pair[0].shown()[0][pair[1]] - x))
        lines = [f"{self._ui.text(x_name)}: {number(first.x[i])}"]
        lines += [f"{self._ui.text(curve.name)}: {number(curve.y[k])}" for curve, k in found]
        lines += [self._ui.text(note) for note in notes]
        self.line.setPos(float(first.shown()[0][i]))
        self.line.show()
        self.say(lines, at)

    def say(self, lines: Sequence[str], at: QPoint) -> None:
        """Say `lines` beside `at`."""
        self.label.setText("\n".join(lines))
        self.label.adjustSize()
        self.label.move(self._beside(at))
        self.label.show()

    def hide(self) -> None:
        """Take line and label away."""
        self.line.hide()
        self.label.hide()

    def _beside(self, at: QPoint) -> QPoint:
        room = self._parent.size()
        x = at.x() + 14 if at.x() + 14 + self.label.width() <= room.width() else at.x() - 14 - self.label.width()
        y = min(max(at.y() - self.label.height() // 2, 0), room.height() - self.label.height())
        return QPoint(max(x, 0), max(y, 0))


def nearest(curve: Curve, x: float) -> int | None:
    """Index of the point of `curve` whose place on the x axis is nearest to `x`; None when there is none."""
    xs, ys = curve.shown()
    if not curve.visible or not len(xs):
        return None
    distance = np.where(np.isnan(ys), np.inf, np.abs(xs - x))
    i = int(np.nanargmin(distance)) if not np.isnan(distance).all() else 0
    return i if np.isfinite(distance[i]) else None


def number(value: float) -> str:
    """Four digits, written the same in every locale."""
    return f"{value:.4g}"
