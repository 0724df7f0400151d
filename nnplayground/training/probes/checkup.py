from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nnplayground.text import Text
from nnplayground.training.probes import Probe, probes

if TYPE_CHECKING:
    from nnplayground.training.run import Run


@probes.register
@dataclass(frozen=True)
class Checkup(Probe):
    """What the training doctor finds: a tuple of `Diagnosis`, causes first, empty for a healthy run.

    It costs about thirty steps of training; once a second is plenty.
    """

    id = "checkup"
    label = Text("Training doctor", "学習ドクター")

    def look(self, run: Run) -> Any:
        from nnplayground.training.doctor import examine  # the doctor looks with probes himself

        return examine(run)
