"""At most one repaint of the window a frame, however many widgets ask for one."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QWidget

FRAME = 0.015
"""Seconds between two repaints, at least: a pen moves at 125 Hz and more, a screen shows 60 pictures a second."""


class FrameRate(QObject):
    """Holds back a window's update requests. Qt sends none while one is under way, so none is lost or doubled."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._last = 0.0
        self._later = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._later.timeout.connect(self._ask_again)

    def may_paint(self) -> bool:
        """Whether the window may paint now; if not, it is asked again when the frame is over."""
        now = time.perf_counter()
        left = self._last + FRAME - now
        if left > 0:
            if not self._later.isActive():
                self._later.start(max(1, round(left * 1000)))
            return False
        self._last = now
        return True

    @Slot()
    def _ask_again(self) -> None:
        QCoreApplication.postEvent(self._window, QEvent(QEvent.Type.UpdateRequest))
