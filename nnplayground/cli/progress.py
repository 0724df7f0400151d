"""A progress bar on stderr, when that is a terminal."""

from __future__ import annotations

import shutil
import sys
import time

from nnplayground.cli.words import write

PAUSE = 0.1
"""Seconds between two pictures of the bar."""
WIDTH = 24


class Bar:
    """Use as a context manager; the bar is wiped away at the end."""

    def __init__(self) -> None:
        self.shown = sys.stderr is not None and sys.stderr.isatty()
        self._due = 0.0

    def __enter__(self) -> Bar:
        return self

    def show(self, share: float, words: str) -> None:
        """Paint `share` (0 to 1) and `words`, unless it was painted a moment ago."""
        if self.shown and time.monotonic() >= self._due:
            self._due = time.monotonic() + PAUSE
            done = round(min(max(share, 0), 1) * WIDTH)
            room = shutil.get_terminal_size().columns - 1
            line = f"{'█' * done}{'░' * (WIDTH - done)} {words}"
            write(sys.stderr, "\r" + line[:room].ljust(room))

    def __exit__(self, *_: object) -> None:
        if self.shown:
            write(sys.stderr, "\r" + " " * (shutil.get_terminal_size().columns - 1) + "\r")
