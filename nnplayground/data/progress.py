"""Progress and cancelling of long work, whoever does it and whoever watches: work that nobody watches runs on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[float], None]

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


class Cancelled(Exception):
    """Whoever watches the work does not want it any more; what was made so far is dropped."""


def report(share: float) -> None:
    """Called by long work now and then: `share` of it, 0..1, is done. Raises `Cancelled` if it shall stop."""
    listener = _listener.get()
    if listener is not None:
        listener(share)


@contextmanager
def watched(listener: Listener) -> Iterator[None]:
    """Hear of the progress of all work inside; the listener may raise `Cancelled`."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)
