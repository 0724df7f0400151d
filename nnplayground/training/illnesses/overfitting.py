from __future__ import annotations

import numpy as np

from nnplayground.text import Text
from nnplayground.training.chart import Chart
from nnplayground.training.illnesses import Diagnosis, Evidence, Floats, Illness, illnesses

ROSE = 1.2
"""Test loss now against its lowest: more than the ups and downs of a test set of a hundred samples."""
FELL = 0.9
"""Training loss now against what it was then: what the network goes on learning does not help with the test."""
GAP = 1.5
"""Test loss against training loss."""
SMOOTH = 5
"""Evaluations that are averaged, so that a single good or bad one decides nothing."""


@illnesses.register
class Overfitting(Illness):
    """The training samples are learnt by heart, at the cost of all others."""

    id = "overfitting"
    label = Text("Overfitting", "過学習")
    order = 80

    def examine(self, chart: Chart) -> Diagnosis | None:
        seen = chart.curves.evaluations
        if len(seen) < 2 * SMOOTH:
            return None
        steps = np.array([e.step for e in seen], np.float64)
        train, test = (_smooth([getattr(e, side) for e in seen]) for side in ("train_loss", "test_loss"))
        best = int(test.argmin())
        then, now = (float(train[best]), float(test[best])), (float(train[-1]), float(test[-1]))
        if now[1] < ROSE * then[1] or now[1] < GAP * now[0] or now[0] > FELL * then[0] or len(test) - best < SMOOTH:
            return None
        said = _ROSE.format(step=int(steps[best + SMOOTH // 2]), best=then[1], now=now[1], train=now[0])
        steps = steps[SMOOTH // 2 :][: len(test)]
        strength = min(max(10 * chart.experiment.l2, 0.01), 10.0)
        evidence = (Evidence(_TRAIN, steps, train), Evidence(_TEST, steps, test, limit=then[1]))
        return self.found(said, evidence, chart.experiment.replace(l2=strength), _REMEDY.format(strength=strength))


def _smooth(values: list[float]) -> Floats:
    """The running mean."""
    return np.convolve(values, np.full(SMOOTH, 1 / SMOOTH), mode="valid")


_ROSE = Text(
    "Since step {step} the test loss has risen from {best:.3g} to {now:.3g} while the training loss fell to {train:.3g}: the "
    "network learns the training data by heart.",
    "ステップ {step} 以降、訓練損失は {train:.3g} まで下がったのに、テスト損失は {best:.3g} から {now:.3g} に上がりました。"
    "訓練データを丸暗記しています。",
)
_TRAIN = Text("Training loss", "訓練損失")
_TEST = Text("Test loss", "テスト損失")
_REMEDY = Text("Hold the weights small with L2 = {strength:g}", "L2 正則化 {strength:g} で重みを抑える")
