"""What the training thread tells the window: frozen values, so that nobody needs a lock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from nnplayground.engine.arrays import Array
from nnplayground.engine.network import Network
from nnplayground.text import Text
from nnplayground.training.berth import Berth
from nnplayground.training.experiment import Experiment
from nnplayground.training.history import Curves, Evaluation
from nnplayground.training.probes import Probe
from nnplayground.training.teaching import Lesson

State = Literal["idle", "running", "paused", "stopped"]
"""idle: nothing trained yet; stopped: halted by a divergence, a fault or a stop condition."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The run between two steps. `parameters` is a read-only flat vector laid out by `network`."""

    state: State
    answered: int
    """Number of the last command that was carried out or refused before it."""
    experiment: Experiment
    network: Network
    parameters: Array
    step: int
    epoch: float
    samples_per_second: float
    curves: Curves
    evaluation: Evaluation | None
    probes: Mapping[Probe, Any] = field(default_factory=dict)
    last_step: int = 0
    """The newest step of the run; `step` is less while an earlier one is looked at."""
    first_step: int = 0
    """The oldest step that can be gone back to."""
    timeline_bytes: int = 0
    """Memory that the past of the run takes."""
    given: bool = False
    """Whether the run began with parameters from outside, not with those of the seed."""
    rewrites: int = 0
    """How often parameters were set by hand: with the step it tells whether there is anything new to see."""
    lesson: Lesson | None = None
    """What came of the last drawing that was taught."""
    lanes: tuple[LaneView, ...] = ()
    """In a race, all its lanes, the first of which the other fields show."""


@dataclass(frozen=True, eq=False)
class LaneView:
    """One lane of a race; `stopped` says why it no longer runs."""

    label: Text
    snapshot: Snapshot
    stopped: Text | None = None


@dataclass(frozen=True)
class Event:
    """A rare thing that must not be missed. `kind` names it for programs; `text` says it to a person."""

    kind: Literal["loading", "progress", "loaded", "diverged", "failed", "refused", "finished", "note", "branched"]
    text: Text
    details: str = ""
    step: int = 0
    share: float = 0.0
    """Of the work that a "progress" tells of: 0..1."""
    left: Berth | None = None
    """The run with the steps that a "branched" one leaves behind."""
