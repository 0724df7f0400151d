"""A test leaves nothing running behind: no thread, no timer, no window; what is left is named with who started it."""

import gc
import sys
import threading
import traceback
import weakref
from typing import Any

import pytest

_JOIN_SECONDS = 2.0


class Watch:
    """Remembers what ran before a test and who started what during it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._threads = set(threading.enumerate())
        self._windows = {_address(window) for window in _windows()}
        self._started: list[tuple[weakref.ref[Any], str]] = []
        self._record(monkeypatch, threading.Thread)
        if "PySide6.QtCore" in sys.modules:
            from PySide6.QtCore import QTimer

            self._record(monkeypatch, QTimer)

    def _record(self, monkeypatch: pytest.MonkeyPatch, kind: type) -> None:
        start = kind.start

        def recording_start(this, *args, **kwargs):
            self._started.append((weakref.ref(this), "".join(traceback.format_stack(sys._getframe(1), limit=8))))
            return start(this, *args, **kwargs)

        monkeypatch.setattr(kind, "start", recording_start)

    def left(self) -> list[str]:
        """What is still there; one paragraph each."""
        _delete_what_was_asked_to_be()
        found = self._timers() + self._new_windows()
        if found:  # perhaps only held by a cycle
            gc.collect()
            _delete_what_was_asked_to_be()
            found = self._timers() + self._new_windows()
        return found + self._running_threads()

    def _running_threads(self) -> list[str]:
        new = [t for t in threading.enumerate() if t not in self._threads and not isinstance(t, threading._DummyThread)]
        for thread in new:
            thread.join(_JOIN_SECONDS)
        return [f"{thread!r} is still running, {self._starter(thread)}" for thread in new if thread.is_alive()]

    def _timers(self) -> list[str]:
        if "PySide6.QtCore" not in sys.modules:
            return []
        from PySide6.QtCore import QTimer
        from shiboken6 import isValid

        timers = {id(timer): timer for ref, _ in self._started if isinstance(timer := ref(), QTimer) and isValid(timer)}
        return [f"{t!r} is still active, {self._starter(t)}" for t in timers.values() if t.isActive()]

    def _new_windows(self) -> list[str]:
        new = [window for window in _windows() if _address(window) not in self._windows]
        ours = [w for w in new if w.isVisible() or type(w).__module__.startswith("nnplayground")]
        return [f"the window {w!r} ({w.windowTitle()!r}) was neither closed nor given to qtbot.addWidget" for w in ours]

    def _starter(self, thing: Any) -> str:
        stacks = [stack for ref, stack in self._started if ref() is thing]
        return f"started by\n{stacks[-1]}" if stacks else "started before it could be seen by whom"


def _windows() -> list[Any]:
    if "PySide6.QtWidgets" not in sys.modules:
        return []
    from PySide6.QtWidgets import QApplication

    return QApplication.topLevelWidgets() if QApplication.instance() else []


def _address(window: Any) -> int:
    from shiboken6 import getCppPointer

    return getCppPointer(window)[0]


def _delete_what_was_asked_to_be() -> None:
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QCoreApplication, QEvent

        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
