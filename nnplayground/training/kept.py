"""A run written down between two steps, so that another process goes on with it to the last bit."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, replace

import numpy as np

from nnplayground.engine.arrays import Array
from nnplayground.training.experiment import Experiment
from nnplayground.training.history import KeptHistory
from nnplayground.training.stopping import KeptWatch
from nnplayground.training.trainer import Checkpoint, Trainer


@dataclass(frozen=True, eq=False)
class KeptRun:
    """All of a run but its experiment; its data is made anew from the experiment, its earlier states are not kept."""

    checkpoint: Checkpoint | None
    """None: nothing was trained yet, and the data was not looked at."""
    epoch: float
    given: bool
    """Whether it began with parameters from outside, not with those of the seed."""
    history: KeptHistory
    watch: KeptWatch = KeptWatch()

    def resume(self, trainer: Trainer) -> None:
        """Put `trainer`, which has the same network, where the run stood.

        If its data has another number of samples than it had then, the present epoch begins anew.
        """
        kept = self.checkpoint
        if kept is None:
            return
        own = trainer.checkpoint()
        same = len(kept.order) == len(own.order) and np.array_equal(np.sort(kept.order), np.arange(len(own.order)))
        if not same or not 0 <= kept.position < len(own.order):
            kept = replace(kept, position=0, order=own.order)
        trainer.restore(kept)


@dataclass(frozen=True, eq=False)
class Record:
    """What is kept of a run: copies, which nobody writes to any more."""

    experiment: Experiment
    parameters: Array
    run: KeptRun


Answer = Future[Record]
"""Where the training thread puts the record it is asked for."""
