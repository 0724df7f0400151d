"""One stroke at a time from mouse, pen, finger or keys, whichever touched the sheet first."""

from __future__ import annotations

from time import monotonic
from typing import Protocol

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTabletEvent, QTouchEvent

_MOUSE, _PEN, _FINGER, KEYS_TOOL = "mouse", "pen", "finger", "keys"
_ECHO_SECONDS = 0.1
_ECHO_PIXELS = 3.0

_TABLET = (QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TabletRelease)
_TOUCH = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel)
_BUTTONS = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
_MICE = (*_BUTTONS, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease)
_STEP = 0.02
_ARROWS = {
    Qt.Key.Key_Left: QPointF(-_STEP, 0), Qt.Key.Key_Right: QPointF(_STEP, 0),
    Qt.Key.Key_Up: QPointF(0, -_STEP), Qt.Key.Key_Down: QPointF(0, _STEP),
}  # fmt: skip
_LOST = (QEvent.Type.Hide, QEvent.Type.WindowDeactivate, QEvent.Type.UngrabMouse)


class Sheet(Protocol):
    """What is drawn on; places are in pixels of the widget, perhaps outside of it."""

    def pen_down(self, place: QPointF) -> None:
        """A stroke begins."""

    def pen_move(self, place: QPointF) -> None:
        """It goes on."""

    def pen_up(self) -> None:
        """It ends."""

    def pen_taken_back(self) -> None:
        """It was none: another device turned out to be drawing it."""


class Hand:
    """Turns events into strokes. Pressure and tilt are not looked at: a pen that has none draws as well."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._tool: str | None = None
        self._finger = -1
        self._echo: tuple[float, QPointF] | None = None

    @property
    def tool(self) -> str | None:
        """What draws the stroke that is being drawn."""
        return self._tool

    def takes(self, event: QEvent) -> bool:
        """Whether `event` was the hand's business and is done with."""
        kind = event.type()
        if kind in _MICE and isinstance(event, QMouseEvent):
            return self._mouse(kind, event)
        if kind in _TABLET and isinstance(event, QTabletEvent):
            return self._tablet(kind, event)
        if kind in _TOUCH and isinstance(event, QTouchEvent):
            return self._touch(kind, event)
        if kind in _LOST and self._tool != KEYS_TOOL:
            self.lift()
        return False

    def press(self, tool: str, place: QPointF) -> None:
        """Begin a stroke, ending another one; a mouse that only repeats pen or finger gives way."""
        if self._tool == _MOUSE and tool != _MOUSE:
            self._sheet.pen_taken_back()
        else:
            self.lift()
        self._tool = tool
        self._sheet.pen_down(place)

    def lift(self) -> None:
        """End the stroke, if there is one."""
        if self._tool is not None:
            self._tool = None
            self._sheet.pen_up()

    def _mouse(self, kind: QEvent.Type, event: QMouseEvent) -> bool:
        event.accept()
        if event.source() != Qt.MouseEventSource.MouseEventNotSynthesized:
            return True  # the pen or finger it was made from has been seen already
        left = Qt.MouseButton.LeftButton
        if kind in _BUTTONS:
            if event.button() == left and self._tool not in (_PEN, _FINGER) and not self._is_echo(event.position()):
                self.press(_MOUSE, event.position())
        elif self._tool == _MOUSE:
            if kind == QEvent.Type.MouseMove and event.buttons() & left:
                self._sheet.pen_move(event.position())
            elif kind == QEvent.Type.MouseMove or event.button() == left:
                self.lift()  # or the release was lost
        return True

    def _tablet(self, kind: QEvent.Type, event: QTabletEvent) -> bool:
        event.accept()
        if kind == QEvent.Type.TabletPress:
            self.press(_PEN, event.position())
            self._echo = monotonic(), event.position()
        elif self._tool == _PEN:
            if kind == QEvent.Type.TabletMove:
                self._sheet.pen_move(event.position())
            else:
                self.lift()
            if self._echo:
                self._echo = monotonic(), self._echo[1]
        return True

    def _touch(self, kind: QEvent.Type, event: QTouchEvent) -> bool:
        event.accept()
        if kind == QEvent.Type.TouchBegin and self._tool != _PEN:
            first = event.points()[0]
            self._finger = first.id()
            self.press(_FINGER, first.position())
        elif kind == QEvent.Type.TouchCancel and self._tool == _FINGER:
            self._tool = None
            self._sheet.pen_taken_back()
        elif self._tool == _FINGER:
            self._follow_finger(event)
        return True

    def _follow_finger(self, event: QTouchEvent) -> None:
        for point in event.points():
            if point.id() == self._finger:
                self._sheet.pen_move(point.position())
                if point.state().name == "Released":
                    self.lift()

    def _is_echo(self, place: QPointF) -> bool:
        """Whether a mouse press only repeats the stroke that a pen has just drawn from the same place."""
        if self._echo is None:
            return False
        when, where = self._echo
        near = (place - where).manhattanLength() <= _ECHO_PIXELS
        return near and monotonic() - when < _ECHO_SECONDS


class Keys:
    """A pen that is moved by the arrow keys; it shows itself once it is used."""

    def __init__(self) -> None:
        self.shown = False
        self.place = QPointF(0.5, 0.5)
        """In 0..1 of the sheet."""

    def wants(self, event: QKeyEvent) -> bool:
        """Whether the sheet uses this key, so that it must not become a shortcut of the window."""
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.key() == Qt.Key.Key_Space:
            return plain and self.shown
        return plain and event.key() in (*_ARROWS, Qt.Key.Key_Escape, Qt.Key.Key_Backspace)

    def move(self, event: QKeyEvent) -> bool:
        """Move by an arrow key; with Shift by five steps."""
        step = _ARROWS.get(Qt.Key(event.key()))
        if step is None:
            return False
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            step = step * 5
        there = self.place + step
        self.place = QPointF(min(max(there.x(), 0.0), 1.0), min(max(there.y(), 0.0), 1.0))
        self.shown = True
        return True
