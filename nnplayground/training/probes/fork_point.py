from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nnplayground.text import Text
from nnplayground.training.probes import Probe, probes

if TYPE_CHECKING:
    from nnplayground.training.run import Run


@probes.register
@dataclass(frozen=True)
class ForkPoint(Probe):
    """A `Run` in the state of the one that trains, with the same past, for the one who asked: the start of a race.

    Asking twice with the same `ticket` while training gives two different points; want it once.
    """

    id = "fork-point"
    label = Text("Fork", "分岐点")

    ticket: int = 0

    def look(self, run: Run) -> Any:
        return run.fork()
