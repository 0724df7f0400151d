from __future__ import annotations

import numpy as np

from nnplayground.text import Text
from nnplayground.training.chart import Chart
from nnplayground.training.illnesses import Diagnosis, Evidence, Illness, illnesses

WORSE = 1.4
"""Times the loss of a network that knows nothing: first weights start within a third of that, so it takes steps that
overshoot to get there."""
LOSS = 0.05
"""What a step costs on its own batch, as a share of the loss of knowing nothing. Below the edge of stability it gains;
right at the edge it costs nothing on average."""


@illnesses.register
class RateTooHigh(Illness):
    """Steps so long that they land higher up on the other side of the valley."""

    id = "rate-too-high"
    label = Text("Learning rate too high", "学習率が高すぎる")
    order = 30

    def examine(self, chart: Chart) -> Diagnosis | None:
        said = self._diverged(chart) or self._rose(chart) or self._overshoots(chart)
        if said is None:
            return None
        rate = max(chart.experiment.learning_rate / 10, 1e-6)
        curve = Evidence(_LOSS, chart.curves.steps, chart.curves.mean, limit=chart.knowing_nothing)
        fresh = chart.experiment.replace(learning_rate=rate)
        return self.found(said, (curve,), fresh, _REMEDY.format(rate=rate))

    def _diverged(self, chart: Chart) -> Text | None:
        if chart.diverged is None:
            return None
        return _DIVERGED.format(step=chart.diverged.step, rate=chart.experiment.learning_rate)

    def _rose(self, chart: Chart) -> Text | None:
        """Whether the loss got far above that of knowing nothing, and above where it began."""
        windows = chart.loss_by_window
        if len(windows) < 2:
            return None
        began = max(float(chart.curves.mean[0]), chart.knowing_nothing)
        worst = float(np.max(windows))
        still = float(windows[-1]) > chart.knowing_nothing / 4  # otherwise it has got over it
        if worst < WORSE * began or not still:
            return None
        return _ROSE.format(worst=worst, began=began, rate=chart.experiment.learning_rate)

    def _overshoots(self, chart: Chart) -> Text | None:
        """Whether the next steps raise the loss of the very batches they are computed from."""
        trial = chart.trial(1.0)
        if trial is None:
            return None
        cost = -float(trial.gained.mean() / max(chart.knowing_nothing, 1e-12))
        if cost < LOSS:
            return None
        return _OVERSHOOTS.format(cost=-float(trial.gained.mean()), rate=chart.experiment.learning_rate)


_DIVERGED = Text(
    "The numbers became infinite at step {step}: with a rate of {rate:g} each step overshoots further than the last.",
    "ステップ {step} で値が無限大になりました。学習率 {rate:g} では、一歩ごとに行き過ぎが大きくなります。",
)
_ROSE = Text(
    "The loss rose to {worst:.3g}, though a network that has learnt nothing has {began:.3g}: at a rate of {rate:g} the steps "
    "overshoot the valley.",
    "何も学習していなくても損失は {began:.3g} なのに、{worst:.3g} まで上がりました。学習率 {rate:g} では谷を飛び越えています。",
)
_OVERSHOOTS = Text(
    "A step at a rate of {rate:g} raises the loss of its own batch by {cost:.3g} on average: it lands beyond the valley.",
    "学習率 {rate:g} の一歩は、計算に使ったミニバッチ自身の損失を平均 {cost:.3g} 上げています。谷を飛び越えています。",
)
_LOSS = Text("Loss of each batch", "ミニバッチごとの損失")
_REMEDY = Text("Lower the rate to {rate:g}", "学習率を {rate:g} に下げる")
