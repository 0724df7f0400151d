"""A decision map of the plane through three images, with a handle at each of them that can be dragged."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplayground.engine.arrays import Array
from nnplayground.gui.bar_item import fitting
from nnplayground.gui.curve import Floats
from nnplayground.gui.painting import guarded
from nnplayground.gui.plane_colors import class_picture
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

NAME = Text("Decision map of the plane through the three digits", "3 つの数字を通る平面の決定境界")
KEYS = Text("A, B and C choose a digit, the arrow keys move it.", "A・B・C で数字を選び、矢印キーで動かします。")
LETTERS = "ABC"
FIRST = ((0.2, 0.2), (0.8, 0.2), (0.2, 0.8))
"""Where the handles are at first."""
REACH = 14
"""Pixels within which a handle is caught."""
FLATTEST = 0.01
"""The triangle of the handles is at least as large as this share of the square, twice."""
STEP = 0.02


class SliceMap(QWidget):
    """Shares of the classes as colours; x to the right and y down, both from 0 to 1."""

    dragged = Signal()
    """A handle was moved."""
    pointed = Signal(object)
    """The place (x, y) under the pointer, or None."""

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        self._ui = ui
        self._shares: Array = np.zeros((0, 0, 0), np.float32)
        self._classes: Sequence[str] = ()
        self._pixels: NDArray[np.uint8] = np.zeros((0, 0, 4), np.uint8)
        self._held: int | None = None
        self._chosen = 0
        self.places: Floats = np.array(FIRST)
        """Where the three digits lie, (3, 2)."""
        self.setObjectName("slice_map")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        ui.bind(self.setAccessibleName, NAME, self)
        ui.bind(self.setAccessibleDescription, KEYS, self)
        ui.bind_theme(lambda _theme: self._color(), self)

    @property
    def shares(self) -> Array:
        """What is shown, (n, n, classes)."""
        return self._shares

    def show_shares(self, shares: Array, classes: Sequence[str]) -> None:
        """Show `shares` (n, n, classes), row 0 on top."""
        self._shares, self._classes = shares, classes
        self._color()

    def to_pixels(self, place: Floats) -> QPointF:
        """A place of the plane in pixels of the widget."""
        room = self._room()
        return QPointF(room.x() + room.width() * place[0], room.y() + room.height() * place[1])

    def _color(self) -> None:
        if self._shares.size:
            self._pixels = np.ascontiguousarray(class_picture(self._shares, self._ui.theme))
        self.update()

    def _room(self) -> QRectF:
        side = max(min(self.width(), self.height()) - 2, 1)
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def sizeHint(self) -> QSize:
        return QSize(220, 220)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 80)

    # The hand.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        away = [(self.to_pixels(place) - event.position()).manhattanLength() for place in self.places]
        nearest = int(np.argmin(away))
        if away[nearest] <= REACH:
            self._held = self._chosen = nearest
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        room, at = self._room(), event.position()
        place = np.array([(at.x() - room.x()) / room.width(), (at.y() - room.y()) / room.height()])
        if self._held is not None:
            self._move(self._held, place)
        self.pointed.emit(place if room.contains(at) else None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key
        ways = {key.Key_Left: (-1, 0), key.Key_Right: (1, 0), key.Key_Up: (0, -1), key.Key_Down: (0, 1)}
        letter = LETTERS.find(event.text().upper()) if event.text() else -1
        if letter >= 0:
            self._chosen = letter
            self.update()
        elif event.key() in ways:
            self._move(self._chosen, self.places[self._chosen] + STEP * np.array(ways[key(event.key())]))
        else:
            super().keyPressEvent(event)

    def _move(self, index: int, place: Floats) -> None:
        """Unless the three would come to lie on one line."""
        places = self.places.copy()
        places[index] = np.clip(place, 0.0, 1.0)
        (ax, ay), (bx, by) = places[1] - places[0], places[2] - places[0]
        if abs(ax * by - ay * bx) >= FLATTEST and not np.array_equal(places, self.places):
            self.places = places
            self.update()
            self.dragged.emit()

    # Painting.

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, room = self._ui.theme, self._room()
        with QPainter(self) as painter:
            painter.fillRect(room, QColor(theme.sunken))
            if self._shares.size:
                height, width = self._pixels.shape[:2]
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                form = QImage.Format.Format_RGBA8888
                painter.drawImage(room, QImage(self._pixels.data, width, height, 4 * width, form))
                self._name_regions(painter)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.outline), 1.0))
            painter.drawRect(room)
            self._paint_handles(painter)

    def _name_regions(self, painter: QPainter) -> None:
        """The name of each class where its share is largest."""
        best, font = self._shares.argmax(axis=2), painter.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(self._ui.theme.text))
        last = max(len(best) - 1, 1)
        for k, name in enumerate(self._classes):
            rows, columns = np.nonzero(best == k)
            if len(rows) < best.size // 60:
                continue
            middle = (rows - rows.mean()) ** 2 + (columns - columns.mean()) ** 2
            i = int(middle.argmin())
            at = self.to_pixels(np.array([columns[i], rows[i]]) / last)
            how = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
            painter.drawText(QRectF(at.x() - 40, at.y() - 16, 80, 32), int(how), name)

    def _paint_handles(self, painter: QPainter) -> None:
        theme, points = self._ui.theme, [self.to_pixels(place) for place in self.places]
        painter.setPen(QPen(QColor(theme.text), 1.0, Qt.PenStyle.DashLine))
        painter.drawPolygon(QPolygonF(points))
        font = self.font()
        font.setBold(True)
        painter.setFont(fitting(font, 18))
        for i, point in enumerate(points):
            painter.setPen(QPen(QColor(theme.accent if i == self._chosen else theme.text), 1.5))
            painter.setBrush(QColor(theme.surface))
            painter.drawEllipse(point, 10, 10)
            painter.drawText(QRectF(point.x() - 10, point.y() - 10, 20, 20), Qt.AlignmentFlag.AlignCenter, LETTERS[i])
