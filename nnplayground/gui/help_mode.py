"""What is this? The next click on anything explains it, and does nothing else."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QAction, QCursor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenuBar, QWidget

from nnplayground.gui import style
from nnplayground.gui.focus_help import FocusHelp


class HelpMode(QObject):
    """On while `action` is checked: until something was clicked, or a key was pressed."""

    def __init__(self, action: QAction, focus_help: FocusHelp, window: QWidget) -> None:
        super().__init__(window)
        self._action, self._help = action, focus_help
        self._pressed = False
        action.toggled.connect(self._turn)

    @Slot(bool)
    def _turn(self, on: bool) -> None:
        app = style.application()
        if on:
            app.setOverrideCursor(QCursor(Qt.CursorShape.WhatsThisCursor))
            app.installEventFilter(self)  # only as long as it takes: it sees every event
        else:
            app.restoreOverrideCursor()
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take clicks and keys away from what they are meant for."""
        match event:
            case QMouseEvent() if isinstance(watched, QWidget):
                return self._clicked(watched, event)
            case QKeyEvent() if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
                self._action.setChecked(False)
                return event.key() == Qt.Key.Key_Escape
        return False

    def _clicked(self, watched: QWidget, event: QMouseEvent) -> bool:
        kind = event.type()
        if isinstance(watched, QMenuBar) or self._is_own_button(watched):
            return False
        if kind == QEvent.Type.MouseButtonPress:
            self._pressed = True
        elif kind == QEvent.Type.MouseButtonRelease and self._pressed:
            self._pressed = False
            self._action.setChecked(False)
            self._help.explain(QApplication.widgetAt(event.globalPosition().toPoint()) or watched)
        return kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick)

    def _is_own_button(self, watched: QWidget) -> bool:
        """Whoever presses the button again wants to leave."""
        return watched in self._action.associatedObjects()
