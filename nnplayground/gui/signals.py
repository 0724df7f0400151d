"""SIGINT, SIGTERM and SIGHUP end the program in order, also while Qt waits for events."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Qt, Signal, Slot

NAMES = ("SIGINT", "SIGTERM", "SIGHUP")


class Signals(QObject):
    """Calls `end` with the exit code (128 + signal number) at the first signal; the third ends the process at once.

    A Python signal handler runs only when Python code runs; the wakeup socket makes Qt's loop run some. That code may
    be one that paints, in which no window may be closed: so `end` is called by the loop.
    """

    _first = Signal(int)

    def __init__(self, end: Callable[[int], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._first.connect(end, Qt.ConnectionType.QueuedConnection)
        self._count = 0
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._before_fd = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        numbers = [getattr(signal, name) for name in NAMES if hasattr(signal, name)]
        self._before = {number: signal.signal(number, self._caught) for number in numbers}
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._drain)

    def remove(self) -> None:
        """Put back what was there before."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before_fd)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._reader.close()
        self._writer.close()

    def _caught(self, number: int, _frame: FrameType | None) -> None:
        self._count += 1
        if self._count >= 3:
            os._exit(128 + number)
        if self._count == 1:
            self._first.emit(128 + number)

    @Slot()
    def _drain(self) -> None:
        with contextlib.suppress(OSError):
            self._reader.recv(4096)
