"""Driving the real window with real mouse and keyboard events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.gui.window import Window

PATIENCE = 30_000
"""Milliseconds until something that has to happen counts as not happening."""


class Driver:
    """One window, and the hands of a person."""

    def __init__(self, qtbot: QtBot, window: Window) -> None:
        self.qtbot, self.window = qtbot, window

    def get(self, name: str) -> Any:
        """A property of the window."""
        return self.window.property(name)

    def find(self, kind: type, name: str) -> Any:
        """The widget or action of that name."""
        found = self.window.findChild(kind, name)
        assert found is not None, name
        return found

    def wait(self, condition: Callable[[], bool]) -> None:
        """Let the window live until `condition` holds."""
        self.qtbot.waitUntil(condition, timeout=PATIENCE)

    def wait_for_state(self, state: str) -> None:
        """Until both the window and its thread are in `state`."""
        controller = self.window.controller
        self.wait(lambda: controller.newest is not None and controller.newest.state == state == controller.state)

    def settle(self) -> None:
        """Until the thread has answered everything and the seen panes are painted."""
        self.window.controller.settled(30)
        self.wait(lambda: not self.window.controller.is_polling or self.window.controller.state == "running")

    def key(self, key: str | Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def click(self, name: str) -> None:
        """Click a button of the toolbar or a pane."""
        button = self.find(QToolButton, name)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def action(self, name: str) -> QAction:
        """The action `action_<name>`."""
        action = self.find(QAction, f"action_{name}")
        assert isinstance(action, QAction)
        return action

    def choose(self, name: str, data: object) -> None:
        """Choose an entry of a box with the keyboard."""
        box: QComboBox = self.find(QComboBox, name)
        place = box.findData(data)
        assert place >= 0, data
        box.setFocus()
        while box.currentIndex() != place:
            QTest.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < place else Qt.Key.Key_Up)

    def draw(self, *strokes: Sequence[tuple[float, float]], steps: int = 8) -> None:
        """Draw on the canvas with the mouse; points in 0..1 of its side."""
        canvas: QWidget = self.find(QWidget, "digit_canvas")
        side = min(canvas.width(), canvas.height())
        for stroke in strokes:
            places = [QPoint(round(x * side), round(y * side)) for x, y in stroke]
            QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=places[0])
            for a, b in zip(places, places[1:], strict=False):
                for i in range(1, steps + 1):
                    QTest.mouseMove(canvas, a + (b - a) * i / steps)
            QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=places[-1])


def nameless(window: QWidget) -> list[str]:
    """What a person could operate in `window` and a screen reader has no name for."""
    kinds = (QAbstractSpinBox, QComboBox, QLineEdit)
    found = []
    for widget in window.findChildren(QWidget):
        operable = widget.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(widget, kinds)
        inner = widget.objectName().startswith("qt_") or isinstance(widget.parent(), (QComboBox, QAbstractSpinBox))
        if not operable or inner or widget.focusProxy() or not widget.isVisibleTo(window) or not widget.isEnabled():
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if not (interface and interface.text(QAccessible.Text.Name)):
            found.append(f"{type(widget).__name__} {widget.objectName()!r} in {widget.parent()}")
    return found


SEVEN = ((0.28, 0.22), (0.72, 0.22), (0.45, 0.8))
ONE = ((0.5, 0.2), (0.5, 0.8))
