"""The window's side of the training doctor: when he looks, what he found last, and his remedy as an edit."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from nnplayground.gui.controller import Controller
from nnplayground.gui.document import Document
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment
from nnplayground.training.illnesses import Diagnosis
from nnplayground.training.probes import Probe
from nnplayground.training.probes.checkup import Checkup
from nnplayground.training.snapshot import Snapshot

FIRST_STEP = 150
"""Steps before the first look: sooner, luck looks like illness."""
SOON, SELDOM = 5.0, 60.0
"""Seconds between two looks in passing: a look costs as much as some steps of training, so they become rarer."""
WATCHING = 1.0
"""The same while somebody reads what he finds, and where training has paused."""
STALE = Text(
    "The settings have changed since the doctor looked; train a little, and he looks again.",
    "診断のあとで設定が変わっています。少し学習を進めると、もう一度診断します。",
)


class Doctor(QObject):
    """Looks at the run now and then while it trains, and when it is paused."""

    changed = Signal()
    """There are new findings, or none any more."""
    found = Signal(object)
    """A `Diagnosis` that was not there before under these settings."""

    def __init__(self, document: Document, controller: Controller, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._controller = document, controller
        self.findings: tuple[Diagnosis, ...] = ()
        self.step = -1
        """Where he looked last; -1 before he has."""
        self._reader: Callable[[], bool] | None = None
        self._pause = SOON
        self._looked_at: Experiment | None = None
        self._said: set[str] = set()
        controller.schedule.add(self)
        controller.state_changed.connect(self._state_changed)
        document.changed.connect(self._forget)

    def read_by(self, reader: Callable[[], bool] | None) -> None:
        """Somebody reads the findings as long as `reader` says so; None: nobody does."""
        begins = self._reader is None and reader is not None
        self._reader = reader
        if begins:
            self.look_now()

    @property
    def is_read(self) -> bool:
        """Whether somebody reads the findings just now."""
        return self._reader is not None and self._reader()

    @Slot()
    def look_now(self) -> None:
        """Look as soon as possible."""
        self._controller.schedule.refresh(self)

    def apply(self, diagnosis: Diagnosis) -> bool:
        """Take the remedy, undoably; False if it is not for the settings of now."""
        if self._looked_at != self._document.experiment:
            return False
        self._document.edit(diagnosis.remedy, diagnosis.remedy_text)
        return True

    # As the schedule knows it.

    @property
    def interval(self) -> float:
        """Seconds until the next look."""
        return self._pause if self._controller.is_running and not self.is_read else WATCHING

    def is_seen(self) -> bool:
        """Whether there is anything to look at, and nobody draws: a look costs as much as some fifty steps."""
        newest = self._controller.newest
        if newest is None or newest.step < FIRST_STEP or newest.step != newest.last_step:
            return False
        return not (self._controller.is_running and self._controller.schedule.is_calm(time.perf_counter()))

    def probes(self, snapshot: Snapshot) -> tuple[Probe, ...]:
        return (Checkup(),)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        found = snapshot.probes.get(Checkup())
        if found is None:
            return
        if not self.is_read:
            self._reader = None
            self._pause = min(2 * self._pause, SELDOM)
        self.findings, self.step, self._looked_at = found, snapshot.step, snapshot.experiment
        self.changed.emit()
        for diagnosis in found:
            if diagnosis.id not in self._said:
                self._said.add(diagnosis.id)
                self.found.emit(diagnosis)

    @Slot(str)
    def _state_changed(self, state: str) -> None:
        if state == "idle":
            self._forget()

    @Slot()
    def _forget(self, *_: object) -> None:
        """Other settings, or a new start: what was found no longer holds."""
        self._pause = SOON
        self._said.clear()
        if self.step >= 0:
            self.findings, self.step = (), -1
            self.changed.emit()
