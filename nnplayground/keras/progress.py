"""The progress bar of `fit`, `evaluate` and `predict`, as Keras draws it."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from typing import Any

from nnplayground.keras.problems import refuse

WIDTH = 20
PAUSE = 0.05
"""Seconds between two pictures."""


class Bar:
    """`verbose` 0 shows nothing, 1 (or "auto") a bar, 2 a line at the end. Where nothing can move, only the end is shown."""

    def __init__(self, verbose: Any, steps: int, title: str) -> None:
        if verbose not in ("auto", 0, 1, 2):
            raise refuse(
                'verbose is {given!r}; give 0, 1, 2 or "auto".', 'verbose が {given!r} です。0、1、2、"auto" のどれかにしてください。',
                given=verbose,
            )  # fmt: skip
        self.verbose = 1 if verbose == "auto" else int(verbose)
        self.steps = steps
        self.title = title
        self.shown = self.verbose == 1 and sys.stdout is not None and sys.stdout.isatty()
        self._start = time.perf_counter()
        self._due = 0.0
        self._longest = 0

    def __enter__(self) -> Bar:
        if self.verbose and self.title:
            _write(self.title + "\n")
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def show(self, done: int, logs: Mapping[str, float]) -> None:
        """Paint, unless it was painted a moment ago."""
        now = time.perf_counter()
        if self.shown and now >= self._due and done < self.steps:
            self._due = now + PAUSE
            seconds = (now - self._start) / done
            self._paint(done, f"{seconds * (self.steps - done):.0f}s {_pace(seconds)}", logs, "")

    def end(self, logs: Mapping[str, float]) -> None:
        """The last picture, with the time all of it took."""
        seconds = time.perf_counter() - self._start
        pace = _pace(seconds / self.steps)
        if self.verbose == 2:
            parts = [f"{self.steps}/{self.steps}", f"{seconds:.0f}s", pace, *_values(logs)]
            _write(" - ".join(parts) + "\n")
        elif self.verbose == 1:
            self._paint(self.steps, f"{seconds:.0f}s {pace}", logs, "\n")

    def _paint(self, done: int, clock: str, logs: Mapping[str, float], end: str) -> None:
        filled = WIDTH * done // self.steps
        bar = "━" * filled + " " * (WIDTH - filled)
        number = f"{done:>{len(str(self.steps))}}/{self.steps}"
        line = " - ".join([f"{number} {bar} {clock}", *_values(logs)])
        self._longest = max(self._longest, len(line))
        _write(("\r" if self.shown else "") + line.ljust(self._longest if self.shown else 0) + end)


def _values(logs: Mapping[str, float]) -> list[str]:
    return [f"{k}: {v:.4f}" if abs(v) > 1e-3 or v == 0 else f"{k}: {v:.4e}" for k, v in logs.items()]


def _pace(seconds: float) -> str:
    if seconds >= 1:
        return f"{seconds:.0f}s/step"
    return f"{seconds * 1e3:.0f}ms/step" if seconds >= 1e-3 else f"{seconds * 1e6:.0f}us/step"


def _write(words: str) -> None:
    if sys.stdout is not None:
        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        if "━".encode(encoding, "ignore") == b"":
            words = words.replace("━", "=")
        sys.stdout.write(words.encode(encoding, "replace").decode(encoding))
        sys.stdout.flush()
