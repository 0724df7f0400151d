"""A button that shows an action, and does not grow with each change of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMetaObject, QObject
from PySide6.QtGui import QActionEvent
from PySide6.QtWidgets import QWidget


def connect_once(button: QWidget) -> None:
    """Let a `QToolButton` be connected to its default action once.

    Each change of an action without a menu connects `QAction::changed` to the button once more (Qt 6.11.3,
    `QToolButton::setDefaultAction` in qtbase/src/widgets/widgets/qtoolbutton.cpp; no report of it was found): 144 bytes, and
    one more call in each change that follows.
    """
    button.installEventFilter(_Once(button))


class _Once(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QActionEvent) and event.type() == QEvent.Type.ActionChanged:
            action = event.action()  # the button is about to connect itself again
            QMetaObject.disconnect(action, action.metaObject().indexOfSignal("changed()"), watched, -1)
        return False
