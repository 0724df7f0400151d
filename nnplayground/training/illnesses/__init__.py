"""What can go wrong in training, one illness a file; `order` puts causes before their consequences."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.registry import Entry, Registry
from nnplayground.text import Text
from nnplayground.training.chart import Chart
from nnplayground.training.experiment import Experiment

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Evidence:
    """Something to plot: `y` over `x`, both (n,), as a line or as bars; `limit` is where it would have to stay."""

    label: Text
    x: Floats
    y: Floats
    bars: bool = False
    limit: float | None = None
    logarithmic: bool = False


@dataclass(frozen=True, eq=False)
class Diagnosis:
    """What was found: `text` says it with figures, `remedy` is the experiment to go on with, `remedy_text` names it."""

    id: str
    label: Text
    text: Text
    evidence: tuple[Evidence, ...]
    remedy: Experiment
    remedy_text: Text


class Illness(Entry):
    """One illness."""

    def examine(self, chart: Chart) -> Diagnosis | None:
        """What is wrong with the run of `chart`, or None."""
        raise NotImplementedError

    def found(self, text: Text, evidence: tuple[Evidence, ...], remedy: Experiment, remedy_text: Text) -> Diagnosis:
        """The diagnosis of this illness."""
        return Diagnosis(self.id, self.label, text, evidence, remedy, remedy_text)


illnesses: Registry[Illness] = Registry(Text("Illness", "症状"), __name__)


def bars(label: Text, y: Floats, first: int = 1, limit: float | None = None, logarithmic: bool = False) -> Evidence:
    """Values of layers or features, numbered from `first`."""
    return Evidence(label, np.arange(first, first + len(y), dtype=np.float64), y, True, limit, logarithmic)
