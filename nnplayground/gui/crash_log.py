"""What the interpreter says when the process is ended from below Python, kept in a file and told at the next start."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import secrets
from pathlib import Path
from typing import IO

from PySide6.QtCore import QLockFile

from nnplayground.text import Text

CRASHED = Text(
    "The program crashed the last time; the details help to mend it.",
    "前回、プログラムが異常終了しました。詳細は修正に役立ちます。",
)
MOST = 50
"""Files that are looked at when the program starts."""
LONGEST = 20_000
"""Bytes of one that are shown."""


class CrashLog:
    """One file in `folder` while the program runs, held by a lock; it stays only if the process crashes.

    A folder that cannot be written to means that there is none.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: IO[bytes] | None = None
        self._lock: QLockFile | None = None

    def start(self) -> None:
        """Write down a crash from now on."""
        path = self._folder / f"crash-{secrets.token_hex(8)}.log"
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = _lock(path)
            if lock.tryLock(0):
                self._lock = lock
                self._file = open(path, "xb", buffering=0)  # noqa: SIM115
                faulthandler.enable(self._file)

    def end(self) -> None:
        """The program ends in order: nothing is to be told. May be called again."""
        if self._file is None:
            return
        faulthandler.disable()
        self._file.close()
        with contextlib.suppress(OSError):
            os.unlink(self._file.name)
        self._file = None
        if self._lock is not None:
            self._lock.unlock()

    def found(self) -> str:
        """What crashes of processes that are no more have left, which is then forgotten; empty if there is nothing."""
        said = []
        for path in sorted(self._folder.glob("crash-*.log"))[:MOST]:
            lock = _lock(path)
            if lock.tryLock(0):
                with contextlib.suppress(OSError):
                    with open(path, "rb") as file:
                        said.append(file.read(LONGEST).decode("utf-8", "replace").strip())
                    path.unlink()
                lock.unlock()
        return "\n\n".join(filter(None, said))


def _lock(path: Path) -> QLockFile:
    lock = QLockFile(str(path.with_suffix(".lock")))
    lock.setStaleLockTime(0)
    return lock
