from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nnplayground.text import Text
from nnplayground.training.probes import Probe, probes

if TYPE_CHECKING:
    from nnplayground.training.run import Run


class Forked:
    """A run to be taken once: whoever keeps the snapshot does not keep the run, which may have a long past."""

    def __init__(self, run: Run) -> None:
        self._run: Run | None = run

    def take(self) -> Run | None:
        """The run, which belongs to the caller from now on; None if it was taken."""
        found, self._run = self._run, None
        return found


@probes.register
@dataclass(frozen=True)
class ForkPoint(Probe):
    """`Forked`: a `Run` in the state of the one that trains, with the same past, for the one who asked: the start of a race.

    Asking twice with the same `ticket` while training gives two different points; want it once.
    """

    id = "fork-point"
    label = Text("Fork", "分岐点")

    ticket: int = 0

    def look(self, run: Run) -> Forked:
        return Forked(run.fork())
