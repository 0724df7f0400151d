"""Work that is too long for the thread of the window, one piece at a time in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Errand(Generic[T]):
    """Nobody is told when it is done: whoever sent it looks now and then, so that nothing reaches a closed window."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._found: T | None = None
        self._error: Exception | None = None

    @property
    def is_busy(self) -> bool:
        """Whether it is on its way, or back with something that was not taken yet."""
        return self._thread is not None

    def begin(self, work: Callable[[], T]) -> None:
        """Do `work` in a thread; only while not busy."""
        assert not self.is_busy
        self._thread = threading.Thread(target=self._run, args=(work,), name="nnplayground-errand", daemon=True)
        self._thread.start()

    def take(self) -> T | None:
        """What was found, once; None while it is not. Raises what `work` raised."""
        if self._thread is None or self._thread.is_alive():
            return None
        self._thread = None
        found, error = self._found, self._error
        self._found = self._error = None
        if error is not None:
            raise error
        return found

    def _run(self, work: Callable[[], T]) -> None:
        try:
            self._found = work()
        except Exception as error:  # told by `take`, where somebody hears it
            self._error = error
