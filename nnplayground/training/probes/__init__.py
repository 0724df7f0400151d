"""What a pane can ask the training thread to look at, one a file: computed between two steps, only while asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nnplayground.registry import Entry, Registry
from nnplayground.text import Text
from nnplayground.training.trainer import Trainer

if TYPE_CHECKING:
    from nnplayground.training.run import Run


class Probe(Entry):
    """A question to the trainer. It is a frozen value and serves as the key of its answer in a snapshot."""

    def compute(self, trainer: Trainer) -> Any:
        """The answer: arrays of its own, which nobody writes to afterwards."""
        raise NotImplementedError

    def look(self, run: Run) -> Any:
        """The answer for a run with its data loaded; a probe that needs the run's past too has this instead."""
        return None if run.trainer is None else self.compute(run.trainer)


probes: Registry[Probe] = Registry(Text("Probe", "観測"), __name__)
