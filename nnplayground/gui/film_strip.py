"""The probabilities over the moments of a drawing, as bands that fill the height; dragging goes through them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnplayground.gui.curve import Floats
from nnplayground.gui.film import Moment
from nnplayground.gui.painting import guarded
from nnplayground.gui.ui import Ui
from nnplayground.text import Text

NAME = Text("Probabilities over the moments of the drawing", "描いている間の確率の移り変わり")
_SLIVER = 0.004
"""Bands thinner than this are not seen."""


class FilmStrip(QWidget):
    """Above, what was read; below, a band for each class, as high as its probability."""

    moved = Signal(int)
    """The person wants to see this moment."""

    def __init__(self, ui: Ui) -> None:
        super().__init__()
        self._ui = ui
        self._classes: tuple[str, ...] = ()
        self._shares: Floats = np.zeros((0, 0))
        self._at = 0
        self.setObjectName("film_strip")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        ui.bind(self.setAccessibleName, NAME, self)
        ui.bind_theme(lambda _theme: self.update(), self)

    @property
    def shares(self) -> Floats:
        """What is shown: (moments, classes)."""
        return self._shares

    @property
    def at(self) -> int:
        """The moment that is marked."""
        return self._at

    def show_moments(self, moments: Sequence[Moment], at: int) -> None:
        """Show these, and mark moment `at`."""
        self._classes = moments[0].answer.classes if moments else ()
        self._shares = np.array([m.answer.values for m in moments]).reshape(len(moments), len(self._classes))
        self._at = at
        self.update()

    def place_of(self, moment: float) -> float:
        """Where a moment lies, in pixels from the left."""
        room, last = self._room(), max(len(self._shares) - 1, 1)
        return room.left() + room.width() * moment / last

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(7, self._head() + 4, -7, -3)

    def _head(self) -> int:
        return self.fontMetrics().height() + 4

    def sizeHint(self) -> QSize:
        return QSize(320, 130)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 60)

    # The hand.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event.position().x())

    def _go_to(self, x: float) -> None:
        room, last = self._room(), len(self._shares) - 1
        if last >= 0:
            share = (x - room.left()) / max(room.width(), 1)
            self.moved.emit(round(min(max(share, 0.0), 1.0) * last))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last, key = len(self._shares) - 1, Qt.Key
        places = {key.Key_Left: self._at - 1, key.Key_Right: self._at + 1, key.Key_Home: 0, key.Key_End: last}
        if event.key() in places and last >= 0:
            self.moved.emit(min(max(places[key(event.key())], 0), last))
        else:
            super().keyPressEvent(event)

    # Painting.

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, room = self._ui.theme, self._room()
        with QPainter(self) as painter:
            painter.fillRect(room, QColor(theme.sunken))
            if len(self._shares):
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._paint_bands(painter, room)
                self._paint_runs(painter, room)
                self._paint_mark(painter, room)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.outline), 1.0))
            painter.drawRect(room)

    def _paint_bands(self, painter: QPainter, room: QRectF) -> None:
        shares = self._shares if len(self._shares) > 1 else np.repeat(self._shares, 2, axis=0)
        xs = np.linspace(room.left(), room.right(), len(shares))
        tops = room.bottom() - np.cumsum(shares, axis=1) * room.height()
        painter.setPen(Qt.PenStyle.NoPen)
        for k in range(shares.shape[1]):
            if shares[:, k].max() < _SLIVER:
                continue
            below = tops[:, k - 1] if k else np.full(len(xs), room.bottom())
            edge = [*zip(xs, tops[:, k], strict=True), *zip(xs[::-1], below[::-1], strict=True)]
            painter.setBrush(self._color(k, 0.72))
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in edge]))

    def _paint_runs(self, painter: QPainter, room: QRectF) -> None:
        """What was read from turn to turn."""
        theme, read = self._ui.theme, self._shares.argmax(axis=1)
        edges = [0, *(np.flatnonzero(np.diff(read)) + 1).tolist(), len(read)]
        for begin, end in pairwise(edges):
            left = self.place_of(begin - 0.5) if begin else room.left()
            right = self.place_of(end - 0.5) if end < len(read) else room.right()
            place = QRectF(left, 2, right - left, self._head())
            painter.fillRect(place, self._color(int(read[begin]), 0.3))
            painter.setPen(QColor(theme.text))
            name = self._classes[int(read[begin])]
            if self.fontMetrics().horizontalAdvance(name) + 2 <= place.width():
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, name)
            if begin:
                painter.setPen(QPen(QColor(theme.text), 1.0, Qt.PenStyle.DashLine))
                painter.drawLine(QPointF(left, 2), QPointF(left, room.bottom()))

    def _paint_mark(self, painter: QPainter, room: QRectF) -> None:
        theme, x = self._ui.theme, self.place_of(min(self._at, len(self._shares) - 1))
        for color, width in ((theme.surface, 5.0), (theme.text, 2.0)):
            painter.setPen(QPen(QColor(color), width))
            painter.drawLine(QPointF(x, 1), QPointF(x, room.bottom()))

    def _color(self, index: int, opacity: float) -> QColor:
        color = QColor(self._ui.theme.class_color(index))
        color.setAlphaF(opacity)
        return color
