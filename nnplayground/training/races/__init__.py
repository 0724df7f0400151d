"""Ready-made races, one a file: a question, and the lanes that answer it."""

from __future__ import annotations

from nnplayground.registry import Entry, Registry
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment
from nnplayground.training.race import Lane


class ReadyRace(Entry):
    """A comparison. `help` says what to look for."""

    def lanes(self, experiment: Experiment) -> tuple[Lane, ...]:
        """What runs in each lane, changed from `experiment` in one thing; raises `Problem` if it makes no sense there."""
        raise NotImplementedError

    def stage(self) -> Experiment | None:
        """The experiment that shows it best; None for a race that is about whatever one has."""
        return None


races: Registry[ReadyRace] = Registry(Text("Race", "競走"), __name__)
