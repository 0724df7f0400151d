"""Manners of a control in a scrolling panel of a window that has undo."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QWidget

_Key = QKeySequence.StandardKey


def calm(widget: QWidget) -> None:
    """Let the wheel scroll the panel unless `widget` has the focus, and undo reach the window."""
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    widget.installEventFilter(_Calm(widget))


class _Calm(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return _override(watched, event)
        return False


def _override(watched: QObject, event: QKeyEvent) -> bool:
    """Who gets a key that is a shortcut too; True if that is settled here."""
    undo = event.matches(_Key.Undo) or event.matches(_Key.Redo)
    if undo and isinstance(watched, QAbstractSpinBox) and not _is_typing(watched):
        event.ignore()
        return True
    return False


def _is_typing(box: QAbstractSpinBox) -> bool:
    """Whether the field holds something that does not count yet, which undo should take back first."""
    return box.lineEdit().isModified()
