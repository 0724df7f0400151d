"""What can wait until the window is there: done piece by piece after its first picture, with room for events between."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

PAUSE = 16
"""Milliseconds between two pieces, a frame: what a person does meanwhile is answered and painted first."""


class Later(QObject):
    """Does at once what it is given, except from `hold` until everything put off is done."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._held = False
        self._waiting: list[Callable[[], object]] = []
        self._last: list[Callable[[], object]] = []
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._do_one)

    @property
    def is_waiting(self) -> bool:
        """Whether something is still put off."""
        return self._held

    def hold(self) -> None:
        """Put off from now on."""
        self._held = True

    def do(self, work: Callable[[], object], *, last: bool = False) -> None:
        """Call `work`, now or in its turn; `last` lets everything go before that is seen."""
        if self._held:
            (self._last if last else self._waiting).append(work)
        else:
            work()

    @Slot()
    def begin(self) -> None:
        """The window is painted: begin with what waits."""
        if self._held and not self._timer.isActive():
            self._timer.start()

    def finish(self) -> None:
        """Do all that waits now."""
        while self._held:
            self._do_one()

    def stop(self) -> None:
        """Do nothing of it any more."""
        self._timer.stop()
        self._waiting.clear()
        self._last.clear()
        self._held = False

    @Slot()
    def _do_one(self) -> None:
        if first := self._waiting or self._last:
            first.pop(0)()
        self._held = bool(self._waiting or self._last)
        if self._held:
            self._timer.start()
        else:
            self._timer.stop()
