"""Errors that nobody caught are told in the message bar, each kind once, and the program goes on."""

from __future__ import annotations

import contextlib
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot

from nnplayground.text import Text

FAULT = Text(
    "A fault in the program ({kind}: {error}). What you made is still there; the details help to mend it.",
    "プログラムに不具合がありました（{kind}: {error}）。作ったものは残っています。詳細は修正に役立ちます。",
)
Tell = Callable[[Text, str], object]


class Faults(QObject):
    """While it is installed, errors of every thread are handed to `tell` (sentence, details) in the window's thread."""

    _found = Signal(object, str)

    def __init__(self, tell: Tell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tell = tell
        self._seen: set[tuple[str, int]] = set()
        self._telling = False
        self._hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
        self._found.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Catch from now on."""
        sys.excepthook = self._caught
        threading.excepthook = lambda args: self._caught(args.exc_type, args.exc_value, args.exc_traceback)
        sys.unraisablehook = lambda args: self._caught(args.exc_type, args.exc_value, args.exc_traceback)

    def remove(self) -> None:
        """Put back what was there before."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._hooks

    def _caught(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:  # fmt: skip
        details = "".join(traceback.format_exception(kind, error, trace))
        with contextlib.suppress(Exception):  # there may be none, or nobody who listens
            sys.stderr.write(details)
        if issubclass(kind, Exception):
            self._note(kind, error, trace, details)

    def _note(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None, details: str
    ) -> None:  # fmt: skip
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = (trace.tb_frame.f_code.co_filename, trace.tb_lineno) if trace else (kind.__name__, 0)
        if place not in self._seen:
            self._seen.add(place)
            self._found.emit(FAULT.format(kind=kind.__name__, error=str(error)[:200]), details)

    @Slot(object, str)
    def _show(self, words: Text, details: str) -> None:
        if self._telling:  # a fault while a fault is told
            return
        self._telling = True
        try:
            self._tell(words, details)
        finally:
            self._telling = False
