"""Races of the window: a session of their own, started from where the run stands, or on a textbook's experiment."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Literal

from PySide6.QtCore import QObject, Signal, Slot

from nnplayground.gui.berths import Berths
from nnplayground.gui.controller import Controller
from nnplayground.gui.document import Document
from nnplayground.text import Problem, Text, listed
from nnplayground.training.changes import describe
from nnplayground.training.experiment import Experiment
from nnplayground.training.illnesses import Diagnosis
from nnplayground.training.probes import Probe
from nnplayground.training.probes.fork_point import Forked, ForkPoint
from nnplayground.training.race import MOST, Lane, Race
from nnplayground.training.races import ReadyRace
from nnplayground.training.races.learning_rates import LearningRates
from nnplayground.training.run import Run
from nnplayground.training.session import Session
from nnplayground.training.snapshot import Event, Snapshot

Phase = Literal["none", "preparing", "running", "done"]
STEPS = 300
"""Steps of a race, if nobody says otherwise."""
AS_IT_IS = Text("as it is", "そのまま")
ADOPTED = Text("network of the lane {lane}", "レーン「{lane}」のネットワーク")
FULL = Text(
    "A race has room for {most} lanes; clear them to begin anew.",
    "競走のレーンは {most} 本までです。新しく始めるには、いったん消してください。",
)
TWICE = Text(
    "These settings already have a lane; change something in the designer first.",
    "この設定のレーンはもうあります。先に設計パネルで何かを変えてください。",
)


class Racing(QObject):
    """At most one race at a time. Its controller, with a thread, is made with the first one."""

    changed = Signal()
    """The lanes, or how far the race is, changed."""
    began = Signal(object)
    """The `Controller` of races, when it is made."""
    said = Signal(object)
    """A `Text` for the person."""

    def __init__(
        self, document: Document, controller: Controller, berths: Berths, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._berths = berths
        self._document, self._main = document, controller
        self.controller: Controller | None = None
        self.phase: Phase = "none"
        self.lanes: tuple[Lane, ...] = ()
        """Those of the race that is shown."""
        self.own: tuple[Lane, ...] = ()
        """Those that a person put together."""
        self.start_step = 0
        self.steps = 0
        self._asked: object = None
        """What the race is that was asked for last."""
        self._fork = _Fork(controller, self._forked)
        self._picked: _Fork | None = None
        """Asks for a copy of a lane."""
        self._number = 0
        controller.happened.connect(self._missed)

    @property
    def newest(self) -> Snapshot | None:
        """What the race has come to."""
        snapshot = None if self.controller is None else self.controller.newest
        return snapshot if snapshot is not None and self.phase in ("running", "done") and snapshot.lanes else None

    @property
    def progress(self) -> float:
        """Share of the steps that are done, 0..1."""
        newest = self.newest
        if newest is None or not self.steps:
            return 0.0
        furthest = max(lane.snapshot.step for lane in newest.lanes)  # those that stopped stay behind
        return min(1.0, (furthest - self.start_step) / self.steps)

    @Slot()
    def start_rates(self) -> None:
        """What if the learning rate were ten times, or a tenth?"""
        self.start(LearningRates(), False, STEPS)

    def start(self, race: ReadyRace | None, on_stage: bool, steps: int) -> None:
        """Begin `race` (None: the person's own lanes) from where the run stands, or on the race's own experiment."""
        stage = race.stage() if race is not None and on_stage else None
        try:
            lanes = self.own if race is None else race.lanes(stage or self._document.experiment)
            self.run(lanes, steps, stage)
        except Problem as problem:
            self.said.emit(problem.text)

    def try_remedy(self, diagnosis: Diagnosis) -> None:
        """Let the run go on as it is, and beside it with the remedy."""
        now = self._document.experiment
        self.run((Lane(AS_IT_IS, now), Lane(diagnosis.remedy_text, diagnosis.remedy)), STEPS)

    def run(self, lanes: tuple[Lane, ...], steps: int, stage: Experiment | None = None) -> None:
        """Let `lanes` race from where the run stands, or from the beginning of `stage`; raises `Problem`.

        A race that is being begun is not begun twice.
        """
        asked = lanes, steps, stage
        if self.phase == "preparing" and asked == self._asked:
            return
        for lane in lanes:
            lane.experiment.network()
        self._asked = asked
        self.lanes, self.steps, self.phase = lanes, steps, "preparing"
        self.changed.emit()
        if stage is None:
            self._main.pause()
            self._main.prepare()
            self._fork.ask()
        else:
            self._begin(lambda: Race(Run(stage, lambda _: None), lanes))

    @Slot()
    def cancel(self) -> None:
        """Stop where it is."""
        self._fork.forget()
        if self.controller is not None:
            self.controller.pause()
        if self.phase in ("preparing", "running"):
            self.phase = "done" if self.phase == "running" else "none"
            self.changed.emit()

    def add_lane(self) -> None:
        """Let the present settings run too."""
        now, own = self._document.experiment, self.own
        if len(own) >= MOST:
            self.said.emit(FULL.format(most=MOST))
        elif any(lane.experiment == now for lane in own):
            self.said.emit(TWICE)
        else:
            label = listed(describe(own[0].experiment, now)) if own else AS_IT_IS
            self.own = (*own, Lane(label, now))
            self.changed.emit()

    def clear_lanes(self) -> None:
        """Leave nothing of the person's own race."""
        self.own = ()
        self.changed.emit()

    def adopt(self, lane: int) -> None:
        """Go on with a lane, undoably: with its settings and all that it has learnt. The experiment's name stays."""
        if self._picked is not None:
            self._picked.ask(lane)

    def _adopt(self, run: Run, lane: int) -> None:
        now = self._document.experiment
        named = run.experiment.replace(name=now.name, title=now.title, description=now.description)
        if named != run.experiment:
            run.configure(named)
        words = ADOPTED.format(lane=self.lanes[lane].label)
        run.mark(words)
        self._berths.show_run(run, words)

    def shutdown(self, timeout: float) -> bool:
        """End the thread, if there is one; True if it ended in time."""
        return self.controller is None or self.controller.shutdown(timeout)

    def _forked(self, run: Run, _lane: int) -> None:
        """The run that trains has been copied where it stands."""
        if self.phase == "preparing":
            lanes = self.lanes
            self._begin(lambda: Race(run, lanes))

    def _begin(self, make: Callable[[], Run]) -> None:
        if self.controller is None:
            self.controller = Controller(Session(self.lanes[0].experiment), self)
            self.controller.snapshot.connect(self._follow)
            self.controller.happened.connect(self._happened)
            self._picked = _Fork(self.controller, self._adopt)
            self.began.emit(self.controller)
        self._number = self.controller.begin(make)

    @Slot(object)
    def _follow(self, snapshot: Snapshot) -> None:
        if self.phase == "preparing" and snapshot.answered >= self._number > 0 and snapshot.lanes:
            self.start_step, self.phase = snapshot.step, "running"
            assert self.controller is not None
            self.controller.play(self.steps)
        elif self.phase == "running" and snapshot.state in ("paused", "stopped") and snapshot.step > self.start_step:
            self.phase = "done"
        self.changed.emit()

    @Slot(object)
    def _happened(self, event: Event) -> None:
        if event.kind in ("refused", "failed", "diverged"):
            self.phase = "done" if event.kind == "diverged" else "none"
            self.said.emit(event.text)
            self.changed.emit()

    @Slot(object)
    def _missed(self, event: Event) -> None:
        """The data of the experiment could not be had, so there is nothing to start from."""
        if event.kind in ("refused", "failed") and self._fork.is_asking:
            self.cancel()


class _Fork:
    """Asks the run, or a lane of a race, for a copy of itself, once."""

    interval = 0.0

    def __init__(self, controller: Controller, take: Callable[[Run, int], None]) -> None:
        self._controller, self._take = controller, take
        self._tickets = count()
        self._probe: ForkPoint | None = None
        self._lane = 0
        controller.schedule.add(self)

    @property
    def is_asking(self) -> bool:
        return self._probe is not None

    def ask(self, lane: int = 0) -> None:
        self._lane = lane
        self._probe = ForkPoint(next(self._tickets))
        self._controller.schedule.refresh(self)

    def forget(self) -> None:
        self._probe = None

    def is_seen(self) -> bool:
        """Only while it waits, so that it costs nothing otherwise."""
        return self._probe is not None

    def probes(self, snapshot: Snapshot) -> tuple[Probe, ...]:
        return () if self._probe is None else (self._probe,)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        source = snapshot.lanes[self._lane].snapshot if self._lane < len(snapshot.lanes) else snapshot
        forked = None if self._probe is None else source.probes.get(self._probe)
        if isinstance(forked, Forked) and (run := forked.take()) is not None:
            self._probe = None
            self._take(run, self._lane)
        else:
            self._controller.schedule.outdate(self)  # its data is still on the way
