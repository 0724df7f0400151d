"""Downloads that somebody asked for, each in a thread of its own; the window looks now and then how far they are."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from nnplayground.data.progress import Cancelled
from nnplayground.data.sources import Source
from nnplayground.text import Problem, Text

if TYPE_CHECKING:
    from nnplayground.data.download import Download

State = Literal["unknown", "missing", "fetching", "here"]
LOOK = 80
"""Milliseconds between two looks."""
ENDING = 2.0
"""Seconds that a cancelled download may take to end."""


class Fetching(QObject):
    """One collection: whether it is here, and its download. Checking checksums is done in a thread as well."""

    changed = Signal()

    def __init__(self, source: Source) -> None:
        super().__init__()
        self.source = source
        self.state: State = "unknown"
        self.done, self.total = 0, source.size
        """Bytes fetched, and to fetch."""
        self.problem: Text | None = None
        """Why the last attempt failed."""
        self._download: Download | None = None
        self._thread: threading.Thread | None = None
        self._left: tuple[int, int] | None = None
        self._timer = QTimer(self, interval=LOOK)
        self._timer.timeout.connect(self._look)

    def check(self) -> None:
        """Find out whether it is here, unless that is known or being found out."""
        if self._thread is None and self.state in ("unknown", "missing"):
            self._run(self._count)

    def start(self) -> None:
        """Fetch it; a second call changes nothing while the first one works."""
        if self.state == "missing":
            from nnplayground.data.download import Download  # brings all of http along

            self._end()
            self.state, self.problem = "fetching", None
            self._download = Download(self.source)
            self._run(self._fetch)
            self.changed.emit()

    def cancel(self) -> None:
        """Stop; what was fetched is kept."""
        if self._download is not None:
            self._download.cancel()

    def end(self) -> None:
        """Stop and wait until nothing is left of it."""
        self.cancel()
        self._end()

    def _end(self) -> None:
        self._timer.stop()
        if self._thread is not None:
            self._thread.join(ENDING)
            self._thread = None
        if self.state == "fetching":
            self.state = "missing"

    def _run(self, work: object) -> None:
        self._thread = threading.Thread(target=work, name="nnplayground-fetching", daemon=True)  # type: ignore[arg-type]
        self._thread.start()
        self._timer.start()

    # In the thread.

    def _count(self) -> None:
        missing = self.source.missing()
        parts = [self.source.folder() / f"{file.name}.part" for file in missing]
        self._left = sum(f.size for f in missing), sum(p.stat().st_size for p in parts if p.is_file())

    def _fetch(self) -> None:
        try:
            if self._download is not None:
                self._download.run(self._note)
        except Cancelled:
            pass
        except Problem as problem:
            self.problem = problem.text
        self._count()

    def _note(self, done: int, total: int) -> None:
        self.done, self.total = done, total

    # In the window.

    @Slot()
    def _look(self) -> None:
        if self._thread is not None and not self._thread.is_alive():
            self._timer.stop()
            self._thread = None
            self._download = None
            if self._left is not None:
                missing, self.done = self._left
                self.state = "missing" if missing else "here"
                self.total = missing or self.source.size
        self.changed.emit()


_known: dict[str, Fetching] = {}


def fetching_of(source: Source) -> Fetching:
    """The one download of `source` in this process, however many windows show it."""
    if source.id not in _known or _known[source.id].source is not source:
        _known[source.id] = Fetching(source)
    return _known[source.id]


def end_all() -> None:
    """Stop all downloads: the last window closes."""
    for fetching in _known.values():
        fetching.end()
    _known.clear()
