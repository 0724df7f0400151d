"""How the processor is shared while training runs, by what was measured: BLAS threads, and turns of the interpreter."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""Who sets one of these has decided."""
MOST = 4
"""More threads do not help products of this size."""

TURN = 1e-4
"""Seconds after which a thread that wants the interpreter is given it. With Python's own 5 ms, each of the many products
of a step may wait that long for the window: shorter turns gave both smoother frames and more steps a second."""


class _Shared:
    """A context for several threads at a time: the first enters it and the last leaves it, in whatever order they come."""

    def __init__(self, make: Callable[[], AbstractContextManager[Any]]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._inside = 0
        self._context: AbstractContextManager[Any] = nullcontext()

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._context = self._make()
                self._context.__enter__()
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                self._context.__exit__(None, None, None)


@contextmanager
def _turns() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(min(TURN, before))
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def count(processors: int | None = None) -> int:
    """Threads for a machine with so many processors: one is left to the window and the rest of the step.

    On two processors that share a core, a second thread made steps of 784-256-128-10 at batch size 64 faster by 7 % with
    nothing else to do, and slower by 23 % beside other work.
    """
    return max(1, min(MOST, (processors or os.cpu_count() or 1) - 1))


def _limits() -> AbstractContextManager[Any]:
    if any(name in os.environ for name in VARIABLES):
        return nullcontext()
    from threadpoolctl import threadpool_limits  # not before it is needed: it looks through all loaded libraries

    limits: AbstractContextManager[Any] = threadpool_limits(count(), user_api="blas")
    return limits


short_turns = _Shared(_turns)
"""While a thread is in it, all threads take short turns at the interpreter."""

limited = _Shared(_limits)
"""While a thread is in it, BLAS uses `count` threads, unless the environment says how many."""
