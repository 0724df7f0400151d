"""A race: up to four runs from the same state over the same batches, with one thing changed in each."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from nnplayground.data.task import Data
from nnplayground.text import Problem, Text
from nnplayground.training.experiment import Experiment, starts_afresh
from nnplayground.training.kept import Record
from nnplayground.training.probes import Probe
from nnplayground.training.run import Run
from nnplayground.training.snapshot import LaneView, Snapshot, State
from nnplayground.training.surgery import Removed
from nnplayground.training.trainer import Diverged

MOST = 4
"""Lanes that can be told apart side by side."""


@dataclass(frozen=True)
class Lane:
    """What runs in one lane, and what it is called."""

    label: Text
    experiment: Experiment


class Race(Run):
    """Lanes that take their steps in turn, so that all stand at the same step; a lane that diverges drops out.

    Give it to a `Session` as its `run`: play, pause, step, reset, speed and travel then hold for all lanes, and each
    snapshot has the `lanes`. They start from the state of `start`, which is left as it is; if a lane has other first
    weights than `start`, all begin at step 0. Raises `Problem` if a lane cannot work.
    """

    def __init__(self, start: Run, lanes: Sequence[Lane]) -> None:
        if not 1 <= len(lanes) <= MOST:
            raise Problem(_MOST.format(most=MOST, n=len(lanes)))
        super().__init__(lanes[0].experiment, lambda _: None)
        base = start.fork()
        if any(starts_afresh(base.experiment, lane.experiment) for lane in lanes):
            base.reset()
        self._lanes = lanes
        self._base = base
        self._runs = self._line_up()
        self._stopped: dict[int, Text] = {}

    def _line_up(self) -> list[Run]:
        runs = []
        for lane in self._lanes:
            run = self._base.fork()
            if run.experiment != lane.experiment:
                run.configure(lane.experiment)
            runs.append(run)
        self.trainer = runs[0].trainer
        return runs

    def keep(self, lane: int) -> Run:
        """The run of one lane, for another session to go on with; call it after the race's own session was closed."""
        return self._runs[lane]

    def record(self) -> Record:
        """That of the first lane."""
        return self._runs[0].record()

    def steps(self, count: int) -> int:
        """`count` steps in every lane that still runs; raises `Diverged` when the last one drops out that way."""
        began, samples = time.perf_counter(), 0.0
        self.finished = None
        for i, run in enumerate(self._runs):
            if i not in self._stopped:
                self._advance(i, run, count)
                samples += count * run.experiment.batch_size
        if len(self._stopped) == len(self._runs):
            self.finished = self._stopped[len(self._runs) - 1]
        self.pace.note(count, samples, time.perf_counter() - began)
        return count

    def _advance(self, lane: int, run: Run, count: int) -> None:
        done = 0
        try:
            while done < count and lane not in self._stopped:
                done += run.steps(count - done)
                if run.finished is not None:
                    self._stopped[lane] = run.finished
        except Diverged as diverged:
            self._stopped[lane] = diverged.text
            if len(self._stopped) == len(self._runs):
                raise

    def steps_to_epoch_end(self) -> int:
        """Steps until the first lane that still runs has ended its epoch."""
        return min(run.steps_to_epoch_end() for i, run in enumerate(self._runs) if i not in self._stopped)

    def travel(self, step: int, quick: bool = False) -> None:
        """All lanes as they were after `step` steps."""
        for run in self._runs:
            run.travel(step, False)  # all lanes have to stand at the same step
        self._stopped.clear()

    def reset(self, data: Data | None = None) -> None:
        """Back to the start of the race."""
        self._runs, self._stopped = self._line_up(), {}

    def evaluate(self) -> None:
        """Look at both sides of the split in every lane, now."""
        for i, run in enumerate(self._runs):
            if i not in self._stopped:
                run.evaluate()

    def evaluate_if_due(self) -> None:
        """The same when it is due in the first lane, so that all curves have their points at the same steps."""
        running = [run for i, run in enumerate(self._runs) if i not in self._stopped]
        if running and running[0].is_evaluation_due:
            self.evaluate()

    def configure(self, experiment: Experiment, removed: Removed | None = None) -> tuple[Text, ...]:
        raise Problem(_FIXED)

    def edit(self, layer: int, name: str, index: int, value: float) -> None:
        raise Problem(_FIXED)

    def snapshot(self, state: State, answered: int, probes: Iterable[Probe]) -> Snapshot:
        wanted = tuple(probes)
        shots = [run.snapshot(state, answered, wanted) for run in self._runs]
        views = tuple(
            LaneView(lane.label, shot, self._stopped.get(i))
            for i, (lane, shot) in enumerate(zip(self._lanes, shots, strict=True))
        )
        rate = self.pace.samples_per_second if state == "running" else 0.0
        return replace(shots[0], lanes=views, samples_per_second=rate)


_MOST = Text(
    "A race has 1 to {most} lanes, but {n} were given; leave some out.",
    "競走のレーンは 1〜{most} 本ですが、{n} 本指定されました。減らしてください。",
)
_FIXED = Text(
    "The settings of a race cannot be changed; end it, or start another one.",
    "競走の途中で設定は変えられません。競走を終えるか、新しく始めてください。",
)
