from __future__ import annotations

from dataclasses import dataclass

from nnplayground.text import Text
from nnplayground.training.experiment import Experiment
from nnplayground.training.race import Lane
from nnplayground.training.races import ReadyRace, races

LOWEST, HIGHEST = 1e-6, 10.0


@races.register
@dataclass(frozen=True)
class LearningRates(ReadyRace):
    """The present rate against a tenth and ten times of it, within what can be set."""

    id = "learning-rates"
    label = Text("Learning rate: a tenth, as it is, ten times", "学習率: 1/10・そのまま・10 倍")
    help = Text(
        "Too low a rate crawls, too high a rate jumps about or explodes; the best is often just below the one that does.",
        "学習率が低すぎるとなかなか進まず、高すぎると暴れたり発散したりします。最良の値は、発散する少し手前にあることが多いです。",
    )
    order = 10

    def lanes(self, experiment: Experiment) -> tuple[Lane, ...]:
        now = experiment.learning_rate
        rates = dict.fromkeys(min(max(rate, LOWEST), HIGHEST) for rate in (now / 10, now, now * 10))
        return tuple(Lane(Text.same(f"η = {rate:g}"), experiment.replace(learning_rate=rate)) for rate in rates)
