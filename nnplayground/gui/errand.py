"""Work that is too long for the thread of the window, one piece at a time in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

import numpy as np

from nnplayground.data.progress import Cancelled, watched

T = TypeVar("T")


class _Trip(threading.Thread, Generic[T]):
    """One piece of work, and what came of it."""

    def __init__(self, work: Callable[[], T]) -> None:
        super().__init__(name="nnplayground-errand", daemon=True)
        self._work = work
        self.dropped = False
        self.found: T | None = None
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            # A network may have exploded; what is not finite is shown as such.
            with watched(self._look_up), np.errstate(all="ignore"):
                self.found = self._work()
        except Cancelled:
            pass
        except Exception as error:  # told by `take`, where somebody hears it
            self.error = error

    def _look_up(self, share: float) -> None:
        if self.dropped:
            raise Cancelled


class Errand(Generic[T]):
    """Nobody is told when it is done: whoever sent it looks now and then, so that nothing reaches a closed window."""

    def __init__(self) -> None:
        self._trip: _Trip[T] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether it is on its way, or back with something that was not taken yet."""
        return self._trip is not None

    def begin(self, work: Callable[[], T]) -> None:
        """Do `work` in a thread; only while not busy."""
        assert not self.is_busy
        self._trip = _Trip(work)
        self._trip.start()

    def drop(self) -> None:
        """What it is on its way for is not wanted any more: it stops at its next report of progress."""
        if self._trip is not None:
            self._trip.dropped = True
            self._trip = None

    def take(self) -> T | None:
        """What was found, once; None while it is not. Raises what `work` raised."""
        trip = self._trip
        if trip is None or trip.is_alive():
            return None
        self._trip = None
        if trip.error is not None:
            raise trip.error
        return trip.found
