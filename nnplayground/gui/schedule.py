"""Which pane is repainted in which frame: only what is seen and out of date, and never much in one frame."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from nnplayground.training.experiment import Experiment
from nnplayground.training.probes import Probe
from nnplayground.training.snapshot import Snapshot


class View(Protocol):
    """What is painted from snapshots."""

    @property
    def interval(self) -> float:
        """Seconds between two repaints, at least."""

    def is_seen(self) -> bool:
        """Whether a person can see it just now."""

    def probes(self, snapshot: Snapshot) -> tuple[Probe, ...]:
        """What it needs in a snapshot to show this run."""

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Paint the run."""


CALM = 0.3
"""Seconds for which the panes are calm after the pen moved."""
CALMER = 4
"""Between two repaints of a pane lies so many times its interval while the pen moves: the ink comes first."""


@dataclass(eq=False)
class _Place:
    view: View
    shown: Any = None
    """What of the run was painted last."""
    experiment: Experiment | None = None
    """The one that was painted last."""
    painted: float = -math.inf
    """When it was painted last: its turn comes one interval later, by what the interval is then."""
    lacks: bool = False
    """Whether it is due and waits for probes."""
    asked: int | None = None
    """Number of the command that asked for them."""


class Schedule(QObject):
    """Panes take turns. A pane that needs probes is painted from the first snapshot that has them."""

    woken = Signal()
    """There may be something to paint again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places: list[_Place] = []
        self._calm_until = 0.0

    def calm_down(self, now: float) -> None:
        """The pen moved at `now`: for a moment, repaint more seldom."""
        self._calm_until = now + CALM

    def is_calm(self, now: float) -> bool:
        """Whether the pen moves, or did a moment ago."""
        return now < self._calm_until

    def add(self, view: View) -> None:
        """Paint `view` from now on."""
        self._places.append(_Place(view))
        self.woken.emit()

    def refresh(self, view: View) -> None:
        """Paint `view` anew in the next frame: its settings, the theme or its size changed."""
        for place in self._places:
            if place.view is view:
                place.shown, place.painted = None, -math.inf
                place.lacks, place.asked = False, None
        self.woken.emit()

    def outdate(self, view: View) -> None:
        """Paint `view` anew when its next turn comes: what it shows beside the run has changed, and may soon again."""
        for place in self._places:
            if place.view is view:
                place.shown = None
        self.woken.emit()

    def paint(self, snapshot: Snapshot, now: float) -> None:
        """Paint the one that has waited longest."""
        ready = [place for place in self._due(snapshot, now) if self._is_ready(place, snapshot)]
        if ready:
            place = min(ready, key=lambda p: p.painted + p.view.interval)
            place.shown, place.painted = _stamp(snapshot), now
            place.lacks, place.asked = False, None
            place.experiment = snapshot.experiment
            place.view.show_snapshot(snapshot)

    def paint_all(self, snapshot: Snapshot) -> None:
        """Paint all that is seen, without probes: when the window comes up, so that each is painted once."""
        for place in self._places:
            if place.view.is_seen():
                place.shown, place.experiment = _stamp(snapshot), snapshot.experiment
                place.view.show_snapshot(snapshot)

    def painted(self, view: View) -> Experiment | None:
        """The experiment that `view` shows; None as long as it shows none."""
        return next((place.experiment for place in self._places if place.view is view), None)

    def wanted(self, snapshot: Snapshot, now: float) -> tuple[Probe, ...]:
        """The probes that the panes which are due still lack."""
        found: dict[Probe, None] = {}
        due = self._due(snapshot, now)
        for place in self._places:
            probes = place.view.probes(snapshot) if place in due else ()
            place.lacks = bool(probes)
            place.asked = place.asked if probes else None
            found.update(dict.fromkeys(probes))
        return tuple(found)

    def asked(self, number: int) -> None:
        """What `wanted` named was asked for with command `number`."""
        for place in self._places:
            if place.lacks and place.asked is None:
                place.asked = number

    def has_work(self, snapshot: Snapshot) -> bool:
        """Whether a pane that is seen is out of date."""
        stamp = _stamp(snapshot)
        return any(place.shown != stamp and place.view.is_seen() for place in self._places)

    def _due(self, snapshot: Snapshot, now: float) -> list[_Place]:
        stamp, times = _stamp(snapshot), CALMER if self.is_calm(now) else 1
        late = (p for p in self._places if p.painted + times * p.view.interval <= now)
        return [p for p in late if p.shown != stamp and p.view.is_seen()]

    def _is_ready(self, place: _Place, snapshot: Snapshot) -> bool:
        probes = place.view.probes(snapshot)
        if all(probe in snapshot.probes for probe in probes):
            return True
        return place.asked is not None and snapshot.answered >= place.asked


def _stamp(snapshot: Snapshot) -> Any:
    """What tells one moment of a run from another."""
    evaluation = snapshot.evaluation
    return snapshot.state, snapshot.step, snapshot.experiment, id(snapshot.network), evaluation, snapshot.rewrites
