"""How the processor is shared while training runs, by what was measured: BLAS threads, and turns of the interpreter."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""Who sets one of these has decided."""
MOST = 4
"""More threads do not help products of this size."""

TURN = 1e-4
"""Seconds after which a thread that wants the interpreter is given it. With Python's own 5 ms, each of the many products
of a step may wait that long for the window: shorter turns gave both smoother frames and more steps a second."""


@contextmanager
def short_turns() -> Iterator[None]:
    """While it lasts, threads take short turns at the interpreter."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(min(TURN, before))
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def count(processors: int | None = None) -> int:
    """Threads for a machine with so many processors: one is left to the window and the rest of the step.

    On two processors that share a core, one thread trained 784-256-128-10 faster (600 steps/s) than two (460).
    """
    return max(1, min(MOST, (processors or os.cpu_count() or 1) - 1))


def limited() -> AbstractContextManager[Any]:
    """While it lasts, BLAS uses `count` threads, unless the environment says how many."""
    if any(name in os.environ for name in VARIABLES):
        return nullcontext()
    from threadpoolctl import threadpool_limits  # not before it is needed: it looks through all loaded libraries

    limits: AbstractContextManager[Any] = threadpool_limits(count(), user_api="blas")
    return limits
