"""T15, G15: an hour of a person at the window: `python -m tests.long.soak`. An action of the monkey stands for a second.

First everything that is made when it is first seen is opened once. The monkey warms up for an hour; the next one counts.
Every `EVERY` actions all is put aside, the same small experiments are opened, and the memory of the process is measured:
so not what a run holds on purpose (the time machine has up to 192 MB), nor what Qt or a cache of the program's own keeps
up to some bound, but what stays. Python's objects and all else come from one heap that gives back what is free, and
large arrays from outside it (Linux with glibc); otherwise holes in several heaps, and where large arrays lay, would grow for
hours before they level off. The command ends with 1 if an exception or a warning of Qt was seen, or if memory grows faster
than `--slope`.
"""

from __future__ import annotations

import argparse
import collections
import ctypes
import functools
import gc
import itertools
import os
import statistics
import sys
import tempfile
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QPixmapCache
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnplayground.gui.faults import Faults
from nnplayground.gui.style import nothing_collected
from tests.long.monkey import Monkey

HOUR = 3600
"""Actions of a person in an hour."""
WARM_UP = HOUR
NAMES = 50_000
"""As many as the program and Python's library have themselves."""
EVERY = 120
ONE_HEAP = {"PYTHONMALLOC": "malloc", "MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "131072"}
HARMLESS = "This plugin does not support"

Measured = tuple[int, float, float, float]
"""After so many actions: MB of the process while it plays, at rest, and how many of these are in use."""


class _Mallinfo2(ctypes.Structure):
    """What glibc tells about its heap (malloc.h)."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            "arena",
            "ordblks",
            "smblks",
            "hblks",
            "hblkhd",
            "usmblks",
            "fsmblks",
            "uordblks",
            "fordblks",
            "keepcost",
        )
    )


def in_use() -> float:
    """MB that were asked for and not given back: without the holes between them, which belong to the process too."""
    ask = ctypes.CDLL(None).mallinfo2
    ask.restype = _Mallinfo2
    told = ask()
    return float(told.uordblks + told.hblkhd) / 1e6


def memory() -> float:
    """Of this process, in MB (1e6 bytes): without pages of program files, which are read when they are first needed."""
    resident, shared = map(int, Path("/proc/self/statm").read_text().split()[1:3])
    return (resident - shared) * os.sysconf("SC_PAGE_SIZE") / 1e6


def forget_looks() -> None:
    """Let Qt give up what it keeps to paint sooner: pictures, and the rules of each widget in each of its states."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    sheet = app.styleSheet()
    with nothing_collected():
        app.setStyleSheet(sheet[:-1] if sheet.endswith(" ") else sheet + " ")
    QPixmapCache.clear()


def forget_kept() -> None:
    """Empty the caches of the program that have a bound; one without would be a leak."""
    caches = [each for each in gc.get_objects() if isinstance(each, functools._lru_cache_wrapper)]
    for cache in caches:
        if cache.__module__.startswith("nnplayground.") and cache.cache_parameters()["maxsize"] is not None:
            cache.cache_clear()


def let_names_grow() -> None:
    """Python's table of interned names doubles whenever it is full, by 1 or 2 MB: better now than at some other moment."""
    names = [sys.intern(f"a name of the soak, number {i}") for i in range(NAMES)]
    names.clear()


def let_arrays_be_kept() -> None:
    """NumPy keeps up to 7 blocks of each size below 1,024 bytes that arrays have given back: 3.7 MB, in some hours or now.

    https://github.com/numpy/numpy/blob/v2.4.0/numpy/_core/src/multiarray/alloc.c
    """
    for size in range(1, 1024):
        blocks = [np.empty(size, np.uint8) for _ in range(7)]
        blocks.clear()


def at_rest(monkey: Monkey) -> tuple[float, float]:
    """MB of the process when nothing is going on, and how many of these are in use."""
    monkey.rest()
    forget_looks()
    forget_kept()
    for _ in range(2):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    return memory(), in_use()


def act(monkey: Monkey, count: int) -> list[Measured]:
    """Act `count` times."""
    measured = []
    for i in range(1, count + 1):
        monkey.act()
        if i % EVERY == 0:
            playing = memory()
            rest, used = at_rest(monkey)
            measured.append((i, playing, rest, used))
            wrong = len(monkey.wrong)
            print(f"{i} actions, {playing:.0f} MB, at rest {rest:.1f} MB, {used:.1f} in use, {wrong} wrong", flush=True)
    return measured


def slope(measured: list[Measured], column: int) -> float:
    """MB an hour: the median of the slopes between any two (Theil and Sen), which a few outliers do not move."""
    pairs = itertools.combinations(measured, 2)
    slopes = [(late[column] - early[column]) / (late[0] - early[0]) for early, late in pairs]
    return HOUR * statistics.median(slopes) if slopes else 0.0


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--actions", type=int, default=HOUR, help="after the warm-up")
    parser.add_argument("--warm-up", type=int, default=WARM_UP, metavar="ACTIONS")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--slope", type=float, default=1.0, help="most MB an hour")
    options = parser.parse_args()
    if any(os.environ.get(name) != value for name, value in ONE_HEAP.items()):  # they are read when a process begins
        os.execve(sys.executable, [sys.executable, "-m", "tests.long.soak", *sys.argv[1:]], {**os.environ, **ONE_HEAP})
    QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        monkey = Monkey(options.seed, Path(folder))
        measured = watched(monkey, options.warm_up, options.actions)
        monkey.window.close()
        if not monkey.window.shutdown():
            monkey.wrong.append("the training thread did not end")
    for words, times in collections.Counter(monkey.wrong).items():
        print(f"{times} times: {words}")
    grown, used, most = slope(measured, 2), slope(measured, 3), max(m[1] for m in measured)
    print(", ".join(f"{name} {times}" for name, times in sorted(monkey.done.items())))
    print(f"{sum(monkey.done.values())} actions, {len(monkey.wrong)} things wrong; at rest {measured[0][2]:.1f} MB,"
          f" at the end {measured[-1][2]:.1f} MB, {grown:+.2f} MB an hour ({used:+.2f} in use); at most {most:.0f} MB")  # fmt: skip
    return int(bool(monkey.wrong) or grown > options.slope)


def watched(monkey: Monkey, warm_up: int, count: int) -> list[Measured]:
    """See everything, warm up, act; exceptions and Qt's warnings are `wrong`."""

    def warned(kind: QtMsgType, _context: object, words: str | None) -> None:
        if kind != QtMsgType.QtDebugMsg and HARMLESS not in (words or ""):
            monkey.wrong.append(f"Qt: {words}")

    before = qInstallMessageHandler(warned)
    faults = Faults(lambda words, details: monkey.wrong.append(details))
    faults.install()
    let_names_grow()
    let_arrays_be_kept()
    monkey.see_everything()
    act(monkey, warm_up)
    print("warm", flush=True)
    monkey.done.clear()
    start = at_rest(monkey)
    measured = [(0, start[0], *start), *act(monkey, count)]
    QTest.qWait(100)
    faults.remove()
    qInstallMessageHandler(before)
    return measured


if __name__ == "__main__":
    sys.exit(main())
