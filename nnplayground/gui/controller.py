"""The window's side of the training thread: clicks go in, the newest snapshot comes out sixty times a second."""

from __future__ import annotations

import atexit
import math
import time
from collections.abc import Callable
from typing import Literal

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from nnplayground.engine.arrays import Array
from nnplayground.gui.keepsakes import Keepsakes
from nnplayground.gui.schedule import Schedule
from nnplayground.text import Text
from nnplayground.training.berth import Berth
from nnplayground.training.commands import (
    Begin,
    Command,
    EditParameter,
    Keep,
    Load,
    Pause,
    Play,
    Prepare,
    Reset,
    SetExperiment,
    SetParameters,
    SetSpeed,
    StandAside,
    Step,
    TakeOver,
    Teach,
    Travel,
    Want,
)
from nnplayground.training.experiment import Experiment, same_layout, starts_afresh
from nnplayground.training.kept import Answer, KeptRun
from nnplayground.training.run import Run
from nnplayground.training.session import Session
from nnplayground.training.snapshot import Snapshot, State
from nnplayground.training.surgery import Removed

BACK = Text("what was taken away comes back", "取り除いたものを元に戻す")
FRAME = 16
"""Milliseconds between two looks at the mailbox."""
CALM_LOOK = 0.025
"""Seconds between two looks while the pen moves, at least: every other frame. A snapshot costs the thread some steps."""
LINGER = 20
"""Looks in vain before it stops looking: a pane that is opened is not seen at once."""
ASIDE = 250
"""The same while nobody sees the window."""


class Controller(QObject):
    """Owns the session. What a person asked for counts as done at once; the thread follows within a step."""

    snapshot = Signal(object)
    """The newest `Snapshot`, at most once a frame."""
    renewed = Signal()
    """It is of another network than the one before: whoever kept something for that one lets go of it."""
    happened = Signal(object)
    """Each `Event`, in order."""
    state_changed = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.newest: Snapshot | None = None
        self.schedule = Schedule()
        self.schedule.woken.connect(self.wake)
        self._session = session
        atexit.register(session.close)  # should nobody close the window
        self._keepsakes = Keepsakes()
        self._sent = 0
        self._asked = 0
        self._intent: State = "idle"
        self._state: State = "idle"
        self._seen = True
        self._idle = 0
        self._next_look = 0.0
        self._closed = False
        self._wanted = Want(())
        self._wanted_number = 0
        self._timer = QTimer(self, interval=FRAME, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._painted = QTimer(self, interval=0, singleShot=True)
        self._painted.timeout.connect(self._release)

    @property
    def state(self) -> State:
        """What the person sees: their last wish until the thread has answered it, then what the thread says."""
        return self._state

    @property
    def is_running(self) -> bool:
        return self._state == "running"

    @property
    def current(self) -> Snapshot | None:
        """The newest snapshot, unless something was asked for that it does not know of."""
        return self.newest if self.newest is not None and self.newest.answered >= self._asked else None

    @property
    def is_polling(self) -> bool:
        """Whether the mailbox is looked into at all just now."""
        return self._timer.isActive()

    @property
    def is_alive(self) -> bool:
        """Whether the training thread still runs."""
        return self._session.alive

    def play(self, steps: float = math.inf) -> None:
        """Train until paused, or for so many steps."""
        self._ask(Play(steps), "running")

    def begin(self, make: Callable[[], Run]) -> int:
        """Go on with the run that `make` builds, called in the training thread; returns the number of the command."""
        self._ask(Begin(make), "paused")
        return self._sent

    def pause(self) -> None:
        """Stop after the step in flight."""
        if self.is_running:
            self._ask(Pause(), "paused")

    def step(self, unit: Literal["batch", "epoch"] = "batch") -> None:
        """One mini-batch, or on to the end of the epoch."""
        self._ask(Step(unit), "paused" if unit == "batch" else "running")

    def reset(self) -> None:
        """Back to the same initial weights."""
        self._ask(Reset(), "idle")

    def load(
        self, experiment: Experiment, parameters: Array | None = None, kept: KeptRun | None = None
    ) -> None:  # fmt: skip
        """Take another experiment, with a run of its own; `parameters` and `kept` are what it goes on from, if given."""
        self._keepsakes = Keepsakes()  # no undo leads back beyond here
        self._ask(Load(experiment, parameters, kept), "idle")

    def keep(self) -> Answer:
        """A record of the run as it is now, as soon as the thread can make it."""
        answer: Answer = Answer()
        self._send(Keep(answer))
        return answer

    def prepare(self) -> None:
        """Load the data, to look at it before anything is trained."""
        self._send(Prepare())

    def set_experiment(self, old: Experiment, new: Experiment, removed: Removed | None = None) -> None:
        """Go on under `new`, which was edited from `old`; `removed` names units that go, per layer before.

        A change that is taken back before anything more was learnt brings back the very numbers of before.
        """
        afresh = starts_afresh(old, new) and not self.is_running
        kept = None
        if not (self.is_running or same_layout(old, new)):
            kept = self._keepsakes.exchange(old, new, self.settled())
        self._ask(SetExperiment(new, removed or {}), "idle" if afresh else self._state)
        if kept is not None and (after := self.settled()) is not None and not np.array_equal(kept, after.parameters):
            self._send(SetParameters(kept, BACK))

    def edit_parameter(self, layer: int, name: str, index: int, value: float) -> None:
        """Set one parameter by hand, named as in `Network.views`."""
        self._send(EditParameter(layer, name, index, value))

    def set_parameters(self, parameters: Array, reason: Text) -> None:
        """Go on with other parameters, marked on the curves with `reason`."""
        self._send(SetParameters(parameters, reason))

    def teach(self, row: Array, label: int) -> int:
        """Learn one input `row` (features,) as class `label`; returns the number of the command."""
        return self._send(Teach(row, label))

    def travel(self, step: int, quick: bool = False) -> int:
        """Show the run as it was after `step` steps, or `quick` near it; returns the number of the command."""
        self._ask(Travel(step, quick), "paused")
        return self._sent

    def take_over(self, berth: Berth) -> None:
        """Go on with the run that lies in `berth`, and lay the present one down there."""
        self._ask(TakeOver(berth), "paused")

    def set_speed(self, steps_per_second: float | None) -> None:
        """At most so many steps a second; None: as fast as it goes."""
        self._send(SetSpeed(steps_per_second))

    def stand_aside(self, seconds: float) -> None:
        """Train nothing for so many seconds, or until it is told 0: a person waits for an answer."""
        if self.is_running:
            self._send(StandAside(seconds))

    def set_seen(self, seen: bool) -> None:
        """Whether the window can be seen; if not, nothing is painted and the mailbox is looked into now and then."""
        self._seen = seen
        self._timer.setInterval(FRAME if seen else ASIDE)
        self.wake()

    def settled(self, timeout: float = 1.0) -> Snapshot | None:
        """The newest snapshot, once everything asked for is answered or `timeout` seconds are over."""
        end = time.monotonic() + timeout
        while not self._closed and (self.newest is None or self.newest.answered < self._sent):
            if time.monotonic() > end:
                break
            self._look()
            time.sleep(1e-3)
        return self.newest

    def show_first(self) -> None:
        """The window comes up: paint what there is before it is painted empty."""
        newest = self.settled(0.2)
        if newest is not None and not self._closed:
            self.schedule.paint_all(newest)

    @Slot()
    def wake(self) -> None:
        """Look into the mailbox again, until there is nothing to wait for."""
        self._idle = 0
        if not self._closed and not self._timer.isActive():
            self._timer.start()

    def shutdown(self, timeout: float = 2.0) -> bool:
        """End the thread; True if it ended in time. May be called again."""
        self._closed = True
        self._timer.stop()
        self._painted.stop()
        atexit.unregister(self._session.close)
        return self._session.close(timeout)

    def give_way(self) -> None:
        """The window is busy until what is to be painted is painted: the thread waits, if its steps are many and short."""
        self._session.give_way(True)
        self._painted.start()

    @Slot()
    def _release(self) -> None:
        """What the last tick changed is painted: Qt sends those events before it looks at timers again."""
        self._session.give_way(False)

    def _ask(self, command: Command, intent: State) -> None:
        if not self._closed:
            self._asked = self._send(command)
            self._intent = intent
            self._show_state()

    def _send(self, command: Command) -> int:
        if not self._closed:
            self._sent = self._session.send(command)
            self.wake()
        return self._sent

    def _show_state(self) -> None:
        newest = self.newest
        answered = newest is not None and newest.answered >= self._asked
        state = newest.state if newest is not None and answered else self._intent
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)

    def _look(self) -> None:
        """Take what lies in the mailbox."""
        snapshot = self._session.take()
        if snapshot is not None:
            before, self.newest = self.newest, snapshot
            if before is not None and before.network is not snapshot.network:
                self.renewed.emit()
            self._show_state()
            self.snapshot.emit(snapshot)
        for event in self._session.events():
            self.happened.emit(event)

    @Slot()
    def _tick(self) -> None:
        now = time.perf_counter()
        if now < self._next_look:
            return
        self._next_look = now + CALM_LOOK if self.schedule.is_calm(now) else 0.0
        self.give_way()
        self._look()
        if self._closed:
            return
        if self._seen:
            self._paint()
        self._idle = 0 if self._is_waiting() else self._idle + 1
        if self._idle > LINGER:
            self._timer.stop()

    def _paint(self) -> None:
        if self.newest is None:
            return
        now = time.perf_counter()
        self.schedule.paint(self.newest, now)
        wanted = Want(self.schedule.wanted(self.newest, now))
        if wanted != self._wanted:
            self._wanted, self._wanted_number = wanted, self._send(wanted)
        self.schedule.asked(self._wanted_number)

    def _is_waiting(self) -> bool:
        newest = self.newest
        if newest is None or newest.answered < self._sent or newest.state == "running":
            return True
        return self._seen and self.schedule.has_work(newest)
