"""What the panes about the present drawing have in common."""

from __future__ import annotations

from nnplayground.gui.panes import Pane
from nnplayground.gui.panes.digit import DigitPane
from nnplayground.training.experiment import Experiment


class DrawnPane(Pane):
    """Closed at first; suits networks that tell images apart."""

    behind = "activation"
    opened = False
    unsuited = DigitPane.unsuited
    instead = "digits"

    def suits(self, experiment: Experiment) -> bool:
        return DigitPane().suits(experiment) and len(experiment.dataset.task.classes) > 2
