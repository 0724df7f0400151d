"""What can be asked of the training thread; it answers between two steps, in order."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from nnplayground.engine.arrays import Array
from nnplayground.text import Text
from nnplayground.training.berth import Berth
from nnplayground.training.experiment import Experiment
from nnplayground.training.kept import Answer, KeptRun
from nnplayground.training.probes import Probe
from nnplayground.training.run import Run
from nnplayground.training.surgery import Removed


@dataclass(frozen=True)
class Prepare:
    """Load the data, for those who want to look at it before anything is trained."""


@dataclass(frozen=True)
class Play:
    """Train until paused, or for so many steps."""

    steps: float = math.inf


@dataclass(frozen=True)
class Pause:
    """Stop after the step in flight."""


@dataclass(frozen=True)
class Step:
    """One mini-batch, or to the end of the epoch."""

    unit: Literal["batch", "epoch"] = "batch"


@dataclass(frozen=True)
class Reset:
    """Back to the same initial weights, drawn from the experiment's seed."""


@dataclass(frozen=True)
class Load:
    """Take another experiment with a history of its own; its trained parameters, if any, are put in.

    `parameters` is the flat vector to start from instead, `kept` how far a run had come with them.
    """

    experiment: Experiment
    parameters: Array | None = field(default=None, compare=False)
    kept: KeptRun | None = field(default=None, compare=False)


@dataclass(frozen=True)
class SetExperiment:
    """Go on under a changed experiment with what was learnt; `removed` names units that go, per layer before."""

    experiment: Experiment
    removed: Removed = field(default_factory=dict)


@dataclass(frozen=True)
class EditParameter:
    """Set one parameter by hand: entry `index`, counted row by row, of the array `name` of `layer`."""

    layer: int
    name: str
    index: int
    value: float


@dataclass(frozen=True, eq=False)
class SetParameters:
    """Go on with other parameters, laid out as in the snapshot they were made from; `reason` marks it on the curves."""

    parameters: Array
    reason: Text


@dataclass(frozen=True, eq=False)
class Teach:
    """Learn one drawing `row` (features,) as class `label` at once; a snapshot's `lesson` tells what came of it."""

    row: Array
    label: int


@dataclass(frozen=True, eq=False)
class TakeOver:
    """Go on with the run that lies in `berth`, and lay the present one down there: asked twice, it is as before."""

    berth: Berth


@dataclass(frozen=True, eq=False)
class Begin:
    """Go on with the run that `make` builds in the training thread, where it may take its time to load its data."""

    make: Callable[[], Run]


@dataclass(frozen=True)
class SetSpeed:
    """At most so many steps a second; None: as fast as it goes."""

    steps_per_second: float | None


@dataclass(frozen=True)
class StandAside:
    """Train nothing for so many seconds: somebody is waiting for an answer, and needs the processor. 0: go on."""

    seconds: float


@dataclass(frozen=True)
class Travel:
    """Show the run as it was after `step` steps. What trains next branches off there.

    `quick`: as near to it as can be shown at once, for a slider that is being dragged.
    """

    step: int
    quick: bool = False


@dataclass(frozen=True)
class Want:
    """What the visible panes need in the next snapshots."""

    probes: tuple[Probe, ...]


@dataclass(frozen=True, eq=False)
class Keep:
    """Put a record of the run into `answer`."""

    answer: Answer


@dataclass(frozen=True)
class Close:
    """End the thread."""


Command = (
    Prepare
    | Play
    | Pause
    | Step
    | Reset
    | Load
    | SetExperiment
    | EditParameter
    | SetParameters
    | Teach
    | TakeOver
    | Begin
    | SetSpeed
    | StandAside
    | Travel
    | Want
    | Keep
    | Close
)
