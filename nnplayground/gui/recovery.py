"""A copy of unsaved work, never in the person's file: written now and then, offered after a crash."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import platformdirs
from PySide6.QtCore import QLockFile, QObject, QTimer, Signal, Slot

from nnplayground.gui.keeper import Job, Keeper
from nnplayground.storage.project import SUFFIX
from nnplayground.text import Text
from nnplayground.training.kept import Record

EVERY = 20.0
"""Seconds between two copies, at least; and ten times as long as writing one took."""
LOOK = 5_000
"""Milliseconds between two looks whether there is anything new."""
AT_END = 1.2
"""Seconds that the run may take to answer when the program is to end."""
MOST = 50
"""Files that are looked at when the program starts."""

Make = Callable[[], Callable[[Record | None], bytes]]


def default_folder() -> Path:
    """The usual place on this system for what a program needs to go on after a crash."""
    return Path(platformdirs.user_state_dir("nnplayground", appauthor=False)) / "recovery"


class Found:
    """Work that a process left behind; nobody else is offered it while this one holds it."""

    def __init__(self, path: Path, lock: QLockFile) -> None:
        self.path, self.lock = path, lock

    @property
    def when(self) -> str:
        """Day and time of the last copy."""
        try:
            return datetime.fromtimestamp(self.path.stat().st_mtime).strftime("%Y-%m-%d %H:%M")
        except OSError:
            return "?"

    def discard(self) -> None:
        """Throw it away."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
        self.lock.unlock()

    def set_aside(self) -> None:
        """Keep a file that cannot be read, under a name that is not offered again."""
        with suppress(OSError):
            self.path.rename(self.path.with_suffix(".damaged"))
        self.lock.unlock()


class Recovery(QObject):
    """`state` tells one state of the work from another, None: nothing to lose. `ask` asks for a record of the run."""

    failed = Signal(object)
    """The first copy in a row that could not be written; carries the `Problem`."""

    def __init__(
        self, keeper: Keeper, folder: Path, state: Callable[[], object], ask: Callable[[], Future[Record]],
        make: Make, parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._keeper, self.folder, self._state, self._ask, self._make = keeper, folder, state, ask, make
        self._own: Found | None = None
        self._written: object = None
        self._busy = self._fails = False
        self._due = 0.0
        self._timer = QTimer(self, interval=LOOK)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @property
    def path(self) -> Path | None:
        """Where the copy of this window's work lies, if there is one."""
        return None if self._own is None else self._own.path

    @Slot()
    def look(self) -> None:
        """Write a copy if there is something new and it is time."""
        state = self._state()
        if state is None:
            if not self._keeper.is_busy:  # a save that is still under way may fail, or never end
                self.forget()
        elif state != self._written and not self._busy and time.monotonic() >= self._due:
            self.write()

    def write(self, patience: float = 60.0) -> None:
        """Write a copy now, as far as the run answers within `patience` seconds."""
        state = self._state()
        if state is None or not self._hold():
            return
        assert self._own is not None
        self._busy = True

        def then(job: Job) -> None:
            self._busy = False
            self._written = state if job.problem is None else self._written
            if job.problem is not None and not self._fails:
                self.failed.emit(job.problem)
            self._fails = job.problem is not None
            self._due = time.monotonic() + max(EVERY, 10 * job.seconds)

        self._keeper.write(Job(self._own.path, self._ask(), self._make(), then, patience))

    def _hold(self) -> bool:
        """Have a file of our own to write to; False if there can be none."""
        if self._own is None:
            with suppress(OSError):
                self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            name = secrets.token_hex(8)
            lock = QLockFile(str(self.folder / f"{name}.lock"))
            lock.setStaleLockTime(0)
            if not lock.tryLock(0):
                return False
            self._own = Found(self.folder / (name + SUFFIX), lock)
        return True

    def forget(self) -> None:
        """There is nothing to lose: take the copy away."""
        if self._own is not None and not self._busy:
            self._own.discard()
            self._own, self._written = None, None

    def adopt(self, found: Found) -> None:
        """The window goes on with work that was found: its file is ours, so that a second crash does not lose it."""
        self.forget()
        self._own = found

    def found(self) -> list[Found]:
        """Work of processes that are no more, the newest first."""
        paths = sorted(self.folder.glob("*" + SUFFIX), key=_changed, reverse=True)[:MOST]
        kept = [Found(path, QLockFile(str(path.with_suffix(".lock")))) for path in paths if path != self.path]
        for one in kept:
            one.lock.setStaleLockTime(0)
        return [one for one in kept if one.lock.tryLock(0)]

    def end(self, keep: bool) -> None:
        """The window closes; with `keep`, what is not saved is offered at the next start."""
        self._timer.stop()
        if keep and self._state() is not None:
            self.write(AT_END)
            self._keeper.finish(AT_END + 0.5)
            if self._own is not None:
                self._own.lock.unlock()
        else:
            self._keeper.finish(AT_END)
            self.forget()


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


FOUND = Text(
    "The program ended without saving {title} ({when}).",
    "{title}（{when}）が保存されないままプログラムが終了していました。",
)
BRING_BACK = Text("Bring it back", "復元する")
THROW_AWAY = Text("Throw it away", "破棄する")
