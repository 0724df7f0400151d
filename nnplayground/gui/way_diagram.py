"""A picture of one sample's way: each neuron with its numbers, each weight as a line."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplayground.engine.network import Network
from nnplayground.gui.bar_item import fitting
from nnplayground.gui.letters import scaled
from nnplayground.gui.painting import guarded
from nnplayground.gui.ui import Ui
from nnplayground.gui.way_layout import INPUTS, Layout, layout_of
from nnplayground.gui.way_stops import Known
from nnplayground.text import Text
from nnplayground.training.inspection.sample_way import SampleWay

NAME = Text("The network with the numbers of this sample", "このデータの数値が入ったネットワーク")
TARGET = 64.0
"""Room at the right for the targets."""
REACH = 7.0
"""Pixels from the pointer to the line that is clicked."""
NARROW = 70.0
"""Pixels below which a neuron has room for two digits only."""
UNKNOWN = "…"


class WayDiagram(QWidget):
    """Click a neuron or a line, or walk with the arrow keys (with Shift: from one incoming weight to the next)."""

    chosen = Signal(int, int, int)
    """Layer, unit, and the input of the chosen weight (-1: the bias)."""

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        self._ui = ui
        self.setObjectName("way_diagram")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.way: SampleWay | None = None
        self.layout_: Layout | None = None
        self.selected = (0, 0, 0)
        self.labels: list[QRectF] = []
        """Where the weights that were painted last are written."""
        self._known: Known = lambda phase, layer, unit: True
        ui.bind(self.setAccessibleName, NAME, self)
        ui.bind_theme(lambda _theme: self.update(), self)

    def show_way(self, network: Network, way: SampleWay, selected: tuple[int, int, int], known: Known) -> None:
        """Show this way; what is not `known` yet is left open."""
        self.way, self.selected, self._known = way, selected, known
        self.layout_ = layout_of(network, way, *selected)
        self.updateGeometry()
        self.update()

    def lines_of(self, layer: int, unit: int, digits: int = 4) -> list[str]:
        """What is written into a neuron."""
        if self.way is None:
            return []
        if layer == INPUTS:
            assert self.layout_ is not None
            first = self.way.layers[self.layout_.columns[1].layer]
            return [f"x {_short(first.x[unit], digits)}"]
        step = self.way.layers[layer]
        there, back = self._known("forward", layer, unit), self._known("backward", layer, unit)
        own_sum = len(step.u) == len(step.a)
        lines = [f"u {_short(step.u[unit], digits) if there else UNKNOWN}"] if own_sum else []
        lines.append(f"a {_short(step.a[unit], digits) if there else UNKNOWN}")
        if own_sum:
            lines.append(f"δ {_short(step.delta[unit], digits) if back else UNKNOWN}")
        return lines

    def node_at(self, place: QPointF) -> tuple[int, int] | None:
        """Layer and unit of the neuron there."""
        for c, column in enumerate(self.layout_.columns if self.layout_ else ()):
            for row, unit in enumerate(column.units):
                if self._place(c, row).contains(place):
                    return column.layer, int(unit)
        return None

    def node_place(self, layer: int, unit: int) -> QRectF | None:
        """Where a neuron is drawn; None if it is not shown."""
        found = self.layout_.find(layer, unit) if self.layout_ else None
        return None if found is None else self._place(*found)

    def sizeHint(self) -> QSize:
        return QSize(420, 240)

    def minimumSizeHint(self) -> QSize:
        """Not so low that the three numbers of a neuron in the fullest layer lie upon each other."""
        rows = 0 if self.layout_ is None else max((len(c.units) for c in self.layout_.columns), default=0)
        return QSize(scaled(120), max(60, round(2.5 * rows * self.fontMetrics().height())))

    # Painting.

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(2, 2, -TARGET, -2)

    def _place(self, column: int, row: int) -> QRectF:
        assert self.layout_ is not None
        return self.layout_.place(column, row, self._room())

    def _lines(self) -> list[tuple[int, int, int, QLineF]]:
        """Layer, unit, source and line of each weight between shown neurons."""
        found: list[tuple[int, int, int, QLineF]] = []
        if self.way is None or self.layout_ is None:
            return found
        columns = self.layout_.columns
        for c in range(1, len(columns)):
            if self.way.layers[columns[c].layer].W is None:
                continue
            for row, unit in enumerate(columns[c].units):
                end = self._place(c, row)
                for other, source in enumerate(columns[c - 1].units):
                    start = self._place(c - 1, other)
                    line = QLineF(start.right(), start.center().y(), end.left(), end.center().y())
                    found.append((columns[c].layer, int(unit), int(source), line))
        return found

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._ui.theme
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme.surface))
            if self.way is None or self.layout_ is None:
                return
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_weights(painter)
            for c, column in enumerate(self.layout_.columns):
                for row, unit in enumerate(column.units):
                    self._paint_node(painter, self._place(c, row), column.layer, int(unit))
            self._paint_targets(painter)

    def _paint_weights(self, painter: QPainter) -> None:
        theme, (layer, unit, source) = self._ui.theme, self.selected
        assert self.way is not None
        written: list[tuple[QLineF, float]] = []
        for to_layer, to_unit, start, line in self._lines():
            weights = self.way.layers[to_layer].W
            assert weights is not None
            weight = float(weights[to_unit, start])
            mine = (to_layer, to_unit) == (layer, unit)
            color = QColor(theme.positive if weight > 0 else theme.negative)
            color.setAlphaF(1.0 if mine else 0.28)
            chosen = mine and start == source
            painter.setPen(QPen(color, 3.0 if chosen else 1.8 if mine else 1.0))
            painter.drawLine(line)
            if mine:
                written.insert(0 if chosen else len(written), (line, weight))
        painter.setFont(fitting(self.font(), self.fontMetrics().height() * 0.82))
        self.labels = []
        for line, weight in written:
            self._write_weight(painter, line, weight)

    def _write_weight(self, painter: QPainter, line: QLineF, weight: float) -> None:
        """A number on its line, nearer to where the line begins: there they lie apart. None over one that is there."""
        metrics, gap = painter.fontMetrics(), abs(line.dx())
        words = next((w for w in (_short(weight), _short(weight, 2)) if metrics.horizontalAdvance(w) + 8 <= gap), "")
        if not words:
            return
        wide, high = metrics.horizontalAdvance(words) + 4.0, metrics.height()
        middle = line.pointAt(max(0.3, (wide / 2 + 2) / gap))  # not below the neuron that it comes from
        room = QRectF(middle.x() - wide / 2, middle.y() - high / 2, wide, high)
        if any(room.intersects(other) for other in self.labels):
            return
        self.labels.append(room)
        painter.fillRect(room, QColor(self._ui.theme.surface))
        painter.setPen(QColor(self._ui.theme.text))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_node(self, painter: QPainter, place: QRectF, layer: int, unit: int) -> None:
        theme, mine = self._ui.theme, (layer, unit) == self.selected[:2]
        painter.setPen(QPen(QColor(theme.accent if mine else theme.outline), 2.5 if mine else 1.0))
        painter.setBrush(QColor(theme.selected if mine else theme.sunken))
        painter.drawRoundedRect(place, 6, 6)
        narrow = place.width() < NARROW
        lines = self.lines_of(layer, unit, 2 if narrow else 4)
        high = place.height() / max(len(lines), 1)
        if high < 7:
            return
        painter.setPen(QColor(theme.text))
        longest = max(lines, key=self.fontMetrics().horizontalAdvance, default="")
        painter.setFont(fitting(self.font(), high / 1.1, longest, place.width() - 6))
        fit = max(1, int((place.height() + 4) / painter.fontMetrics().height()))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "\n".join(lines[:fit]))
        assert self.layout_ is not None
        if self.layout_.thinned and not narrow:
            painter.setPen(QColor(theme.muted))
            painter.setFont(fitting(self.font(), self.fontMetrics().height() * 0.62))
            painter.drawText(place.adjusted(3, 0, 0, 0), Qt.AlignmentFlag.AlignTop, f"{unit + 1}")

    def _paint_targets(self, painter: QPainter) -> None:
        assert self.way is not None
        assert self.layout_ is not None
        last = self.layout_.columns[-1]
        painter.setPen(QColor(self._ui.theme.muted))
        painter.setFont(fitting(self.font(), self._place(len(self.layout_.columns) - 1, 0).height()))
        for row, unit in enumerate(last.units):
            if unit < len(self.way.t):
                beside = self._place(len(self.layout_.columns) - 1, row)
                room = QRectF(beside.right() + 6, beside.top(), TARGET + 40, beside.height())
                words = f"t {_short(float(self.way.t[unit]))}"
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    # Choosing.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        node = self.node_at(event.position())
        if node is not None and node[0] != INPUTS:
            self.chosen.emit(node[0], node[1], self.selected[2] if node == self.selected[:2] else 0)
        elif node is None:
            near = [(self._distance(line, event.position()), key) for *key, line in self._lines()]
            distance, key = min(near, default=(REACH + 1, []))
            if distance <= REACH:
                self.chosen.emit(*key)

    @staticmethod
    def _distance(line: QLineF, place: QPointF) -> float:
        along = line.unitVector()
        dx, dy = place.x() - line.x1(), place.y() - line.y1()
        if not 0 <= dx * along.dx() + dy * along.dy() <= line.length():
            return float("inf")
        return abs(dx * along.dy() - dy * along.dx())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        side = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        layout, (layer, unit, source) = self.layout_, self.selected
        here = None if layout is None else layout.find(layer, unit)
        if layout is None or here is None or not (step or side):
            super().keyPressEvent(event)
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            before = layout.columns[here[0] - 1]
            self.chosen.emit(layer, unit, _next([-1, *map(int, before.units)], source, step))
            return
        column = layout.columns[min(max(here[0] + side, 1), len(layout.columns) - 1)]
        units = list(map(int, column.units))
        if step:
            self.chosen.emit(layer, _next(units, unit, step), source)
        else:
            self.chosen.emit(column.layer, units[min(here[1], len(units) - 1)], 0)


def _next(values: list[int], value: int, step: int) -> int:
    place = values.index(value) if value in values else 0
    return values[min(max(place + step, 0), len(values) - 1)]


def _short(value: float | np.floating, digits: int = 4) -> str:
    return f"{float(value) + 0.0:.{digits}g}".replace("-", "−")
