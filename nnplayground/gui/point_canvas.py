"""A piece of the plane to put points on: with the mouse or with the keys, over the decision map."""

from __future__ import annotations

import math
from random import Random
from typing import Literal

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplayground.data.datasets.my_points import Point
from nnplayground.gui.painting import guarded
from nnplayground.gui.plane_colors import class_picture
from nnplayground.gui.ui import Ui
from nnplayground.text import Text
from nnplayground.training.probes.decision_map import PlaneMap

Tool = Literal["point", "brush", "erase", "move"]
NAME = Text("Plane to paint on", "点を描く平面")
HELP = Text(
    "Click or drag to paint; the right button erases. Keys: arrows move the cross, Space paints, 0 to 9 choose the class.",
    "クリックやドラッグで描きます。右ボタンで消せます。キー: 矢印で十字を動かし、スペースで描き、0〜9 でクラスを選びます。",
)
REACH = 6.0
"""What is shown at least, to each side of 0."""
BRUSH, NEAR = 0.055, 0.03
"""Radius of brush and eraser, and of what a click catches, as shares of what is shown."""
STEP, FINE = 1 / 48, 1 / 240
"""How far an arrow key goes, with and without Shift; shares as well."""
DIGITS = 4
"""Decimals that are kept of a coordinate."""


class PointCanvas(QWidget):
    """Changes are collected in `draft` while the button is down; `edited` tells the whole when it is let go."""

    edited = Signal(object, str, int)
    """All points, what was done ("point", "erase" or "move") and to how many."""
    class_chosen = Signal(int)
    """A digit key was pressed."""

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        self._ui = ui
        self.setObjectName("point_canvas")
        self.tool: Tool = "brush"
        self.label = 0
        self.points: tuple[Point, ...] = ()
        self.draft: list[Point] | None = None
        self.cross: tuple[float, float] | None = None
        """Where the keys are, while they are used."""
        self._held: int | None = None
        self._changed = 0
        self._last: tuple[float, float] | None = None
        self._random = Random(1)
        self._image: QImage | None = None
        self._map: PlaneMap | None = None
        self._range = -REACH, REACH
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.CrossCursor)
        ui.bind(self.setAccessibleName, NAME, self)
        ui.bind(self.setToolTip, HELP, self)
        ui.bind_theme(self._repaint_map, self)

    # What is shown.

    def show_points(self, points: tuple[Point, ...]) -> None:
        """Show other points, unless a person is just painting."""
        if self.draft is None and points is not self.points:
            self.points = points
            reach = max((max(abs(x), abs(y)) for x, y, _ in points), default=0.0) * 1.08
            self._range = -max(REACH, reach), max(REACH, reach)
            self.update()

    def show_map(self, found: PlaneMap | None) -> None:
        """What the network says, behind the points."""
        self._map = found
        self._repaint_map()

    def place_of(self, x: float, y: float) -> QPointF:
        """Where a point of the plane lies in the widget."""
        room, (low, high) = self._room(), self._range
        scale = room.width() / (high - low)
        return QPointF(room.x() + (x - low) * scale, room.bottom() - (y - low) * scale)

    def point_at(self, place: QPointF) -> tuple[float, float]:
        """The point of the plane at a place of the widget, kept within what is shown."""
        room, (low, high) = self._room(), self._range
        x = low + (place.x() - room.x()) / room.width() * (high - low)
        y = low + (room.bottom() - place.y()) / room.height() * (high - low)
        return round(min(max(x, low), high), DIGITS), round(min(max(y, low), high), DIGITS)

    def _room(self) -> QRectF:
        side = max(20.0, min(self.width(), self.height()) - 4.0)
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    @property
    def _span(self) -> float:
        return self._range[1] - self._range[0]

    # Painting points.

    def begin(self, x: float, y: float, tool: Tool) -> None:
        """The button goes down."""
        self.draft, self._changed, self._last = list(self.points), 0, None
        self._held = self._nearest(x, y) if tool == "move" else None
        self.go_on(x, y, tool, first=True)

    def go_on(self, x: float, y: float, tool: Tool, first: bool = False) -> None:
        """It is held down, at another place."""
        if self.draft is None:
            return
        match tool:
            case "point" if first:
                self._put(x, y)
            case "brush":
                self._spray(x, y)
            case "erase":
                self._erase(x, y)
            case "move" if self._held is not None and not first:
                self.draft[self._held] = (x, y, self.draft[self._held][2])
                self._changed = 1
        self.update()

    def end(self, tool: Tool) -> None:
        """The button is let go: one change, which can be undone."""
        draft, self.draft = self.draft, None
        if draft is not None and self._changed:
            self.points = tuple(draft)
            self.edited.emit(self.points, "point" if tool == "brush" else tool, self._changed)
        self.update()

    def _put(self, x: float, y: float) -> None:
        assert self.draft is not None
        self.draft.append((x, y, self.label))
        self._changed += 1

    def _spray(self, x: float, y: float) -> None:
        """A point every so often along the way, somewhere within the brush."""
        radius = BRUSH * self._span
        if self._last is not None and math.dist(self._last, (x, y)) < radius / 2:
            return
        self._last = x, y
        angle, far = self._random.uniform(0, 2 * math.pi), radius * math.sqrt(self._random.random())
        low, high = self._range
        at = (min(max(v, low), high) for v in (x + far * math.cos(angle), y + far * math.sin(angle)))
        px, py = at
        self._put(round(px, DIGITS), round(py, DIGITS))

    def _erase(self, x: float, y: float) -> None:
        assert self.draft is not None
        radius = BRUSH * self._span
        kept = [p for p in self.draft if math.dist(p[:2], (x, y)) > radius]
        self._changed += len(self.draft) - len(kept)
        self.draft = kept

    def _nearest(self, x: float, y: float) -> int | None:
        """The point that a click catches."""
        if not self.points:
            return None
        far = np.hypot(*(np.array([p[:2] for p in self.points]) - (x, y)).T)
        return int(far.argmin()) if far.min() <= NEAR * self._span else None

    # Hands.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.cross = None
        self.begin(*self.point_at(event.position()), self._tool_of(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.draft is not None:
            self.go_on(*self.point_at(event.position()), self._tool_of(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.end("erase" if event.button() == Qt.MouseButton.RightButton else self.tool)

    def _tool_of(self, event: QMouseEvent) -> Tool:
        right = Qt.MouseButton.RightButton
        return "erase" if event.button() == right or event.buttons() & right else self.tool

    def event(self, event: QEvent) -> bool:
        """The keys that paint are no shortcuts of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._wants(event):
            event.accept()
            return True
        return super().event(event)

    def _wants(self, event: QKeyEvent) -> bool:
        free = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        return free and (event.key() in (*_ARROWS, Qt.Key.Key_Space, Qt.Key.Key_Delete) or event.text().isdigit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._wants(event):
            super().keyPressEvent(event)
            return
        x, y = self.cross or (0.0, 0.0)
        if event.key() in _ARROWS:
            dx, dy = _ARROWS[Qt.Key(event.key())]
            far = (FINE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP) * self._span
            x, y = x + dx * far, y + dy * far
            if self.draft is not None:  # a point that was picked up goes along
                self.go_on(round(x, DIGITS), round(y, DIGITS), self.tool)
        elif event.text().isdigit():
            self.class_chosen.emit(int(event.text()))
        elif not event.isAutoRepeat():
            self._press_key(x, y, "erase" if event.key() == Qt.Key.Key_Delete else self.tool)
        low, high = self._range
        self.cross = round(min(max(x, low), high), DIGITS), round(min(max(y, low), high), DIGITS)
        self.update()

    def _press_key(self, x: float, y: float, tool: Tool) -> None:
        """One point, one spot erased; a point is picked up with one press and put down with the next."""
        if tool == "move" and self.draft is None:
            self.begin(x, y, tool)
            if self._held is None:
                self.draft = None
        else:
            if self.draft is None:
                self.begin(x, y, "point" if tool == "brush" else tool)
            self.end(tool)

    # Drawing.

    def _repaint_map(self, *_: object) -> None:
        found = self._map
        self._image = None
        if found is not None and found.data.task.is_classification:
            pixels = class_picture(found.values, self._ui.theme)[::-1].copy()
            height, width = pixels.shape[:2]
            self._image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 300)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 100)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, room = self._ui.theme, self._room()
        with QPainter(self) as painter:
            painter.fillRect(room, QColor(theme.surface))
            painter.setClipRect(room)
            painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
            if self._image is not None and self._map is not None:
                low, high = self._map.low, self._map.high
                painter.drawImage(QRectF(self.place_of(low, high), self.place_of(high, low)), self._image)
            painter.setPen(QPen(QColor(theme.outline), 1))
            for a, b in (((0, -1e7), (0, 1e7)), ((-1e7, 0), (1e7, 0))):
                painter.drawLine(self.place_of(*a), self.place_of(*b))
            self._paint_points(painter)
            painter.setClipping(False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(theme.accent if self.hasFocus() else theme.border))
            painter.drawRect(room)

    def _paint_points(self, painter: QPainter) -> None:
        theme, shown = self._ui.theme, self.points if self.draft is None else self.draft
        for k in sorted({k for _, _, k in shown}):
            places = [self.place_of(x, y) for x, y, label in shown if label == k]
            for color, width in ((theme.surface, 9.0), (theme.class_color(k), 7.0)):
                painter.setPen(QPen(QColor(color), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
                painter.drawPoints(places)
        if self.cross is not None:
            at = self.place_of(*self.cross)
            painter.setPen(QPen(QColor(theme.text), 1.5))
            painter.drawLine(at - QPointF(9, 0), at + QPointF(9, 0))
            painter.drawLine(at - QPointF(0, 9), at + QPointF(0, 9))


_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
