"""A pane about the present drawing whose contents take longer to find than a frame."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from nnplayground.engine.arrays import Array
from nnplayground.gui.desk import Desk
from nnplayground.gui.errand import Errand
from nnplayground.gui.panes import PaneView
from nnplayground.training.snapshot import Snapshot

T = TypeVar("T")

QUIET = 0.2
"""Seconds that the pen rests before the work begins: the bars come first."""
AGAIN = 0.4
"""Seconds between two pieces of work that only follow the training; a new subject does not wait."""


class DrawnView(PaneView, Generic[T]):
    """Finds things out in a thread, when the drawing or the network has changed and the pen rests."""

    interval = 0.04
    quiet = QUIET
    again = AGAIN

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._errand: Errand[T] = Errand()
        self._about: tuple[object, ...] = ()
        self._drawn_at = self._begun_at = 0.0
        desk.drawing.changed.connect(self._drawn)
        desk.document.changed.connect(self.outdate)

    def subject(self) -> Array | None:
        """What it is about: the same object as long as nothing has changed; None: there is nothing."""
        return self.desk.question.row

    def wish(self) -> Hashable:
        """What else the findings depend on, as the person has set it."""
        return None

    def moment(self, snapshot: Snapshot) -> Hashable:
        """What tells one set of parameters and wishes from another."""
        return snapshot.step, snapshot.rewrites, id(snapshot.network), snapshot.experiment, self.wish()

    def work(self, snapshot: Snapshot, row: Array) -> Callable[[], T] | None:
        """What finds it out about the subject `row`, in another thread; None if there is nothing to find."""
        raise NotImplementedError

    def show_found(self, found: T | None) -> None:
        """Show the findings; None: nothing is drawn, or nothing can be found."""
        raise NotImplementedError

    def show_snapshot(self, snapshot: Snapshot) -> None:
        found = self._errand.take()
        row = self.subject()
        if row is None:
            self._about = ()
            self.show_found(None)
        elif found is not None:
            self.show_found(found)
        if self._errand.is_busy:
            self.outdate()
        elif row is not None and not self._is_about(row, snapshot):
            self._begin(snapshot, row)

    def _begin(self, snapshot: Snapshot, row: Array) -> None:
        now = time.monotonic()
        follows = bool(self._about) and self._about[0] is row and snapshot.state == "running"
        if now < self._drawn_at + self.quiet or now < self._begun_at + self.again * follows:
            self.outdate()
            return
        self._about, self._begun_at = (row, self.moment(snapshot)), now
        work = self.work(snapshot, row)
        if work is None:
            self.show_found(None)
        else:
            self._errand.begin(work)
            self.outdate()

    def _is_about(self, row: Array, snapshot: Snapshot) -> bool:
        return bool(self._about) and self._about[0] is row and self._about[1] == self.moment(snapshot)

    def _drawn(self) -> None:
        self._drawn_at = time.monotonic()
        self.outdate()
