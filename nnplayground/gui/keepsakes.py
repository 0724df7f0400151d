"""What a change of the layers takes away, kept until it is taken back or learning has gone on."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from nnplayground.engine.arrays import Array
from nnplayground.training.experiment import Experiment
from nnplayground.training.snapshot import Snapshot

MOST = 20
"""Changes that are remembered."""


@dataclass(frozen=True, eq=False)
class _Kept:
    before: Experiment
    after: Experiment
    step: int
    parameters: Array


class Keepsakes:
    """Parameters (size,) from before each change of the layers."""

    def __init__(self) -> None:
        self._kept: deque[_Kept] = deque(maxlen=MOST)

    def exchange(self, old: Experiment, new: Experiment, now: Snapshot | None) -> Array | None:
        """The run, which is as `now` says, goes from `old` to `new`. Returns the parameters it had there, if it was."""
        if now is None or now.experiment != old:
            return None
        found = next((k for k in self._kept if (k.before, k.after, k.step) == (new, old, now.step)), None)
        if found is None:
            self._kept.append(_Kept(old, new, now.step, now.parameters))
            return None
        self._kept.remove(found)
        return found.parameters
