"""Where a run lies while another one is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nnplayground.training.run import Run


@dataclass(eq=False)
class Berth:
    """Holds one run, which nobody else uses. Whoever takes it leaves the one he had."""

    run: Run

    def exchange(self, run: Run) -> Run:
        """Lay `run` down, and take the one that was here."""
        found, self.run = self.run, run
        return found
