"""The training thread: commands in, a one-slot mailbox of snapshots out, rare events in a queue of their own."""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import TypeVar

from nnplayground.data.progress import Cancelled, watched
from nnplayground.engine.arrays import Array
from nnplayground.text import Problem, Text
from nnplayground.training import threads
from nnplayground.training.announcements import BEGINNING, BRANCHED, LOADED, LOADING, NO_MEMORY, failure
from nnplayground.training.berth import Berth
from nnplayground.training.commands import (
    Begin,
    Close,
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
from nnplayground.training.experiment import Experiment, same_data, starts_afresh
from nnplayground.training.kept import Answer
from nnplayground.training.run import Run, Trained
from nnplayground.training.snapshot import Event, Snapshot, State
from nnplayground.training.surgery import Removed
from nnplayground.training.trainer import Diverged

T = TypeVar("T")

SLICE = 0.5e-3
"""Seconds between two naps of the thread."""
NAP = 2e-5
"""One real pause hands the interpreter lock to the window; without it, small steps starve it for seconds."""
TURN = 0.02
"""Seconds that the thread lets the window have the interpreter to itself, at most, while it paints."""
SLOW_STEP = 0.3e-3
"""Steps longer than this spend their time in products that release the lock, and need no nap."""
LONG_SLICE = 8e-3
"""Seconds of such steps between two looks at the commands. Beginning and ending a slice costs a sixth of a step of
784-256-128-10, and holds the lock meanwhile."""


def _fresh(experiment: Experiment) -> Array | None:
    return None


class Session:
    """Owns the thread. All methods return at once and may be called from one other thread.

    `trained` gives the parameters that an experiment names in `weights`; `parameters`, if given, come before them.
    `run`, if given, is what it goes on with: a race, or a lane that was kept. Nobody else may use it any more.
    """

    def __init__(
        self,
        experiment: Experiment,
        trained: Trained = _fresh,
        parameters: Array | None = None,
        run: Run | None = None,
    ) -> None:
        self._commands: queue.SimpleQueue[Command] = queue.SimpleQueue()
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._mailbox: deque[Snapshot] = deque(maxlen=1)
        self._trained = trained
        self._run = run or Run(experiment, trained, parameters)
        self._refused: Problem | None = None
        self._state: State = "idle"
        self._todo: float = 0
        self._interval = 0.0
        self._due = 0.0
        self._want = Want(())
        self._blas = ExitStack()
        self._limited = False
        self._held: deque[Command] = deque()
        self._loading = Text("", "")
        self._news = True
        self._stuck = False
        """Whether the last snapshot failed without any probes: no other is tried before the next command."""
        self._closing = False
        self._ending = False
        self._sent = 0
        self._answered = 0
        self._free = threading.Event()
        self._free.set()
        self._thread = threading.Thread(target=self._live, name="nnplayground-training", daemon=True)
        self._thread.start()

    def send(self, command: Command) -> int:
        """Queue a command; returns its number. A snapshot tells in `answered` the last one it knows of."""
        self._sent += 1
        self._commands.put(command)
        return self._sent

    def take(self) -> Snapshot | None:
        """The newest snapshot, or None if there was nothing new since the last call."""
        try:
            return self._mailbox.pop()
        except IndexError:
            return None

    def events(self) -> list[Event]:
        """The events since the last call."""
        found = []
        while not self._events.empty():
            found.append(self._events.get())
        return found

    def give_way(self, busy: bool) -> None:
        """The window is `busy` with many short pieces of Python, or done with them.

        Each piece would ask for the interpreter lock again and wait for the next nap; so the thread waits instead,
        which costs no more steps than the lock itself would.
        """
        (self._free.clear if busy else self._free.set)()

    def close(self, timeout: float = 2.0) -> bool:
        """End the thread after the step in flight; True if it ended in time. May be called again.

        Steps that were asked for and not begun are not done any more.
        """
        self._ending = True
        self.send(Close())
        self._thread.join(timeout)
        return not self._thread.is_alive()

    @property
    def alive(self) -> bool:
        """Whether the thread still runs."""
        return self._thread.is_alive()

    # From here on, only the thread itself.

    def _live(self) -> None:
        with threads.short_turns, self._blas:
            self._loop()

    def _loop(self) -> None:
        while not self._closing:
            try:
                self._wait_for_turn()
                self._publish()
                self._listen()
                if self._state == "running" and not self._ending and time.perf_counter() >= self._due:
                    self._train()
            except Problem as problem:
                self._halt(Event("refused", problem.text))
            except Diverged as diverged:
                self._halt(Event("diverged", diverged.text, step=diverged.step))
            except Cancelled:
                self._todo, self._news = 0, True
                self._events.put(LOADED)
            except BaseException as error:  # whatever happens in here, the window must hear of it and go on
                self._halt(failure(error))

    def _next(self, wait: float | None) -> Command:
        """The next command, within `wait` seconds (None: whenever it comes); raises `queue.Empty`."""
        if self._held:
            return self._held.popleft()
        return self._commands.get(block=wait != 0, timeout=wait)

    def _report(self, cancelling: tuple[type, ...], share: float) -> None:
        """Long work says how far it is; a command of a `cancelling` kind ends it, the others are answered after it."""
        while not self._commands.empty():
            self._held.append(self._commands.get())
        if any(isinstance(command, cancelling) for command in self._held):
            raise Cancelled
        self._events.put(Event("progress", self._loading, share=share))

    def _listen(self) -> None:
        """Carry out the commands that wait; with nothing to train, or nothing due yet, wait for one."""
        while True:
            wait = max(0.0, self._due - time.perf_counter()) if self._state == "running" else None
            try:
                command = self._next(wait)
            except queue.Empty:
                return
            self._news, self._stuck = True, False
            self._answered += 1
            if not (self._ending and isinstance(command, (Play, Step))):
                self._obey(command)
            steps = isinstance(command, Step)  # which are done before the next command is looked at
            if self._closing or steps or not (self._held or not self._commands.empty()):
                return

    def _obey(self, command: Command) -> None:
        match command:
            case Prepare():
                self._prepare()
            case Play(steps):
                self._start(steps)
            case Pause():
                self._pause()
            case Step(unit):
                self._start(1 if unit == "batch" else None)
            case Reset():
                self._run.reset()
                self._state, self._todo = "idle", 0
            case Load(experiment, parameters, kept):
                self._run = self._accept(lambda: Run(experiment, self._trained, parameters, kept))
                self._state, self._todo = "idle", 0
            case Begin(make):
                self._begin(make)
            case SetExperiment(experiment, removed):
                self._configure(experiment, removed)
            case Travel() | TakeOver() | EditParameter() | SetParameters() | Teach():
                self._put(command)
            case SetSpeed() | StandAside():
                self._set_pace(command)
            case Want():
                self._want = command
            case Keep(answer):
                self._keep(answer)
            case Close():
                self._closing = True

    def _set_pace(self, command: SetSpeed | StandAside) -> None:
        match command:
            case SetSpeed(rate):
                self._interval = 0.0 if rate is None else 1 / rate
                self._due = 0.0
            case StandAside(seconds):
                self._due = time.perf_counter() + seconds

    def _keep(self, answer: Answer) -> None:
        if not answer.set_running_or_notify_cancel():
            return
        try:
            answer.set_result(self._run.record())
        except BaseException as error:
            answer.set_exception(error)
            raise

    def _put(self, command: Travel | TakeOver | EditParameter | SetParameters | Teach) -> None:
        """Go on from another place, or with other parameters."""
        match command:
            case Travel(step, quick):
                self._pause()
                self._run.travel(step, quick)
                self._refused = None  # what is shown now did work
                self._state = "idle" if self._state == "idle" else "paused"
            case TakeOver(berth):
                self._pause()
                self._run, self._refused = berth.exchange(self._run), None
                self._state, self._todo = "paused" if self._run.step else "idle", 0
            case EditParameter(layer, name, index, value):
                self._run.edit(layer, name, index, value)
            case SetParameters(parameters, reason):
                self._run.rewrite(parameters, reason)
            case Teach(row, label):
                self._run.teach(row, label)

    def _accept(self, build: Callable[[], T]) -> T:
        """Build something from an experiment; while the last one was refused, nothing trains."""
        try:
            built = build()
        except (Problem, MemoryError) as error:
            self._refused = error if isinstance(error, Problem) else Problem(NO_MEMORY)
            raise self._refused from None
        self._refused = None
        return built

    def _configure(self, experiment: Experiment, removed: Removed) -> None:
        loads = not same_data(experiment, self._run.experiment) and self._run.is_loaded
        if loads:
            self._say_loading(experiment)
        fresh = starts_afresh(self._run.experiment, experiment)
        with watched(partial(self._report, (Load, Close))):
            notes = self._accept(lambda: self._run.configure(experiment, removed))
        for note in notes:
            self._events.put(Event("note", note))
        if loads:
            self._events.put(LOADED)
        if fresh and self._state != "running":
            self._state, self._todo = "idle", 0

    def _begin(self, make: Callable[[], Run]) -> None:
        self._state, self._todo = "idle", 0
        self._loading = BEGINNING
        self._events.put(Event("loading", self._loading))
        self._share_processor()
        ends_it = (Pause, Load, Begin, Close)
        self._report(ends_it, 0.0)  # of several that wait only the last is made
        with watched(partial(self._report, ends_it)):
            self._run = self._accept(make)
        self._run.evaluate()
        self._events.put(LOADED)
        self._state = "paused"

    def _start(self, steps: float | None) -> None:
        """Train `steps` more (None: to the end of the epoch)."""
        if self._refused is not None:
            raise self._refused
        self._prepare()
        self._branch()
        count = self._run.steps_to_epoch_end() if steps is None else steps
        pending = 0 if self._todo == float("inf") else self._todo
        self._state, self._todo, self._due = "running", pending + count, 0.0

    def _branch(self) -> None:
        """Going on from an earlier step leaves the steps after it behind; the run that has them can be had back."""
        if self._run.is_in_past:
            left, self._run = self._run, self._run.fork()
            self._events.put(Event("branched", BRANCHED.format(step=left.step), step=left.step, left=Berth(left)))

    def _prepare(self) -> None:
        if not self._run.is_loaded:
            self._share_processor()
            self._say_loading(self._run.experiment)
            with watched(partial(self._report, (Pause, Load, Close))):
                self._run.load()
            self._run.evaluate()
            self._events.put(LOADED)

    def _share_processor(self) -> None:
        if not self._limited:
            self._limited = True
            self._blas.enter_context(threads.limited)

    def _say_loading(self, experiment: Experiment) -> None:
        self._loading = LOADING.format(dataset=experiment.dataset.label)
        self._events.put(Event("loading", self._loading))

    def _pause(self) -> None:
        if self._state == "running":
            self._state, self._todo = "paused", 0
            self._run.evaluate()

    def _train(self) -> None:
        """A slice of steps and one nap, and an evaluation when it is due."""
        pace = self._run.pace.step_seconds
        slow = pace >= SLOW_STEP
        count = 1 if self._interval else int(min(self._todo, max(1, (LONG_SLICE if slow else SLICE) / pace)))
        self._todo -= self._run.steps(count)
        self._due = time.perf_counter() + self._interval if self._interval else 0.0
        self._news = True
        if self._run.finished is not None:
            self._run.evaluate()
            self._halt(Event("finished", self._run.finished, step=self._run.step))
            return
        if self._todo <= 0:
            self._pause()
            return
        self._run.evaluate_if_due()
        if not slow and not self._interval:
            time.sleep(NAP)

    def _wait_for_turn(self) -> None:
        """Let the window paint. Long steps release the lock for long enough, and need not wait."""
        if self._state == "running" and self._run.pace.step_seconds < SLOW_STEP and not self._free.is_set():
            self._free.wait(TURN)

    def _publish(self) -> None:
        """Tell the news. At full speed only when the last snapshot was taken, otherwise at once."""
        at_leisure = self._state != "running" or self._interval > 0 or self._due > time.perf_counter()
        if self._news and not self._stuck and not self._ending and (at_leisure or not self._mailbox):
            self._news = False
            try:
                self._mailbox.append(self._run.snapshot(self._state, self._answered, self._want.probes))
            except BaseException:  # what fails is not asked again and again
                self._stuck = not self._want.probes
                self._want = Want(())
                raise

    def _halt(self, event: Event) -> None:
        """Something ended the training or refused a command: the state is kept, and the window is told."""
        if event.kind != "refused" or self._refused is not None:
            self._todo = 0
            self._state = "stopped" if self._state == "running" or event.kind != "refused" else self._state
        self._events.put(event)
        self._news = True
