"""The training doctor: looks at a run and says in one sentence what is wrong with it, why, and what helps."""

from __future__ import annotations

from nnplayground.training.chart import Chart
from nnplayground.training.illnesses import Diagnosis, illnesses
from nnplayground.training.run import Run


def examine(run: Run) -> tuple[Diagnosis, ...]:
    """All that is found, causes before their consequences; nothing for a healthy run."""
    chart = Chart(run)
    found = (illness().examine(chart) for illness in illnesses.values())
    return tuple(diagnosis for diagnosis in found if diagnosis is not None)
