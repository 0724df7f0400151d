"""What a pane can ask the training thread to look at, one a file: computed between two steps, only while asked for."""

from __future__ import annotations

from typing import Any

from nnplayground.registry import Entry, Registry
from nnplayground.text import Text
from nnplayground.training.trainer import Trainer


class Probe(Entry):
    """A question to the trainer. It is a frozen value and serves as the key of its answer in a snapshot."""

    def compute(self, trainer: Trainer) -> Any:
        """The answer: arrays of its own, which nobody writes to afterwards."""
        raise NotImplementedError


probes: Registry[Probe] = Registry(Text("Probe", "観測"), __name__)
