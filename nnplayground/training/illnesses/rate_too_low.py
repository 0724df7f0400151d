from __future__ import annotations

import numpy as np

from nnplayground.text import Text
from nnplayground.training.chart import Chart
from nnplayground.training.illnesses import Diagnosis, Evidence, Illness, illnesses

ENOUGH = 50
"""Steps after which something should have been learnt."""
LEARNT = 0.9
"""Of the loss at the start: below it the run is under way."""
TIMES = 100.0
"""A rate is too low if this many times of it would still be low: two orders below where steps begin to overshoot."""
KEPT = 0.7
"""Share of the promised gain that such a step still has to keep. At the best rate it is one half; near 1 the step is so
short that the loss looks straight along it."""
WORTH = 0.01
"""Share of the loss that a step at the raised rate has to gain at the least; otherwise it is not the rate that holds it up."""


@illnesses.register
class RateTooLow(Illness):
    """Steps so short that nothing happens, where much longer ones would do."""

    id = "rate-too-low"
    label = Text("Learning rate too low", "学習率が低すぎる")
    order = 70

    def examine(self, chart: Chart) -> Diagnosis | None:
        windows = chart.loss_by_window
        if chart.trainer.step_count < ENOUGH or len(windows) < 2 or windows[-1] < LEARNT * windows[0]:
            return None
        trial = chart.trial(TIMES)
        if trial is None or trial.promised.sum() <= 0:
            return None
        kept = float(trial.gained.sum() / trial.promised.sum())
        worth = float(np.mean(trial.gained) / max(float(np.mean(trial.before)), 1e-12))
        if kept < KEPT or worth < WORTH / TIMES:
            return None
        rate = min(chart.experiment.learning_rate * TIMES, 10.0)
        said = _SLOW.format(steps=chart.trainer.step_count, rate=chart.experiment.learning_rate, times=TIMES, kept=kept)
        steps = np.arange(1, len(trial.gained) + 1, dtype=np.float64)
        evidence = (
            Evidence(_LOSS, chart.curves.steps, chart.curves.mean, limit=LEARNT * float(windows[0])),
            Evidence(_GAIN, steps, trial.gained),
            Evidence(_PROMISED, steps, trial.promised),
        )
        return self.found(said, evidence, chart.experiment.replace(learning_rate=rate), _REMEDY.format(rate=rate))


_SLOW = Text(
    "After {steps} steps the loss has hardly fallen, and even {times:.0f} times the rate of {rate:g} would gain {kept:.0%} of "
    "what the gradient promises: the steps are far too short.",
    "{steps} ステップ進んでも損失がほとんど下がっていません。学習率 {rate:g} を {times:.0f} 倍にしても勾配から見込まれる分の {kept:.0%} "
    "が得られます。歩幅が小さすぎます。",
)
_LOSS = Text("Loss of each batch", "ミニバッチごとの損失")
_GAIN = Text("Gain of each step at the raised rate", "学習率を上げたときの一歩の効果")
_PROMISED = Text("What the gradient promised", "勾配から見込まれる効果")
_REMEDY = Text("Raise the rate to {rate:g}", "学習率を {rate:g} に上げる")
