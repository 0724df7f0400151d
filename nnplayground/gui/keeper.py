"""Writes files in a thread of its own, one after the other; the window is told when each is done."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from nnplayground.storage import atomic
from nnplayground.text import Problem, Text
from nnplayground.training.kept import Record

PATIENCE = 60.0
"""Seconds until a run that does not answer, because it prepares its data, is kept as it was seen last."""


@dataclass(eq=False)
class Job:
    """One file to write: `make` gives its content from the record of the run, or from None if it cannot be had."""

    path: Path
    answer: Future[Record]
    make: Callable[[Record | None], bytes]
    then: Callable[[Job], object]
    """Called in the window's thread at the end."""
    patience: float = PATIENCE
    problem: Problem | None = None
    told: Text | None = None
    """What the person is to know of a drive that cannot replace files at one stroke."""
    record: Record | None = None
    seconds: float = 0.0
    """How long the writing took."""
    ended: threading.Event = field(default_factory=threading.Event)


class Keeper(QObject):
    """Owns the thread, which starts with the first job."""

    _done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._open: list[Job] = []
        self._thread: threading.Thread | None = None
        self._closed = False
        self._done.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def write(self, job: Job) -> None:
        """Do `job` after those before it."""
        if self._closed:
            return
        self._open.append(job)
        self._jobs.put(job)
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="nnplayground-keeper", daemon=True)
            self._thread.start()

    @property
    def is_busy(self) -> bool:
        """Whether something is not on the disk yet."""
        return bool(self._open)

    def finish(self, timeout: float = 10.0) -> bool:
        """Wait until all is written, and tell; False if that takes longer than `timeout` seconds."""
        end = time.monotonic() + timeout
        for job in list(self._open):
            job.ended.wait(max(0.0, end - time.monotonic()))
            if job.ended.is_set():
                self._tell(job)
        return not self._open

    def shutdown(self, timeout: float = 1.0) -> None:
        """Finish, and end the thread. May be called again."""
        if not self._closed:
            self.finish(timeout)
            self._closed = True
            self._jobs.put(None)
            if self._thread is not None:
                self._thread.join(timeout)

    @Slot(object)
    def _tell(self, job: Job) -> None:
        if job in self._open:
            self._open.remove(job)
            job.then(job)

    # In the thread.

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                self._do(job)
            except Problem as problem:
                job.problem = problem
            except Exception as error:
                job.problem = Problem(
                    _FAULT.format(name=job.path.name, kind=type(error).__name__, error=str(error)[:200])
                )
            job.ended.set()
            if not self._closed:
                self._done.emit(job)
            del job  # it holds a copy of the run, and the next one may come late

    def _do(self, job: Job) -> None:
        try:
            job.record = job.answer.result(job.patience)
        except (TimeoutError, CancelledError):
            job.answer.cancel()
        began = time.monotonic()
        data = job.make(job.record)
        job.told = atomic.write_bytes(job.path, data)
        job.seconds = time.monotonic() - began


_FAULT = Text(
    "{name} was not saved because of a fault in the program ({kind}: {error}); save it under another name.",
    "プログラムの不具合で {name} を保存できませんでした（{kind}: {error}）。別の名前で保存してください。",
)
