"""Learning-rate schedules, one a file: by what the learning rate is multiplied as training goes on."""

from __future__ import annotations

from nnplayground.registry import Entry, Registry
from nnplayground.text import Text


class Schedule(Entry):
    """A factor for the learning rate."""

    def factor(self, epoch: float) -> float:
        """The factor after `epoch` epochs (with the share of the present one)."""
        raise NotImplementedError


schedules: Registry[Schedule] = Registry(Text("Schedule", "学習率スケジュール"), __name__)
