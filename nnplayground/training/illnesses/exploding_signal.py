from __future__ import annotations

import numpy as np

from nnplayground.engine.initializers.glorot import GlorotUniform
from nnplayground.engine.initializers.he import HeNormal
from nnplayground.text import Text
from nnplayground.training.chart import Chart
from nnplayground.training.illnesses import Diagnosis, Illness, bars, illnesses

GROWTH = 100.0
"""From the first layer's sums to the last one's. Weights that keep the spread give about 1, at the worst a few; each
layer that multiplies it multiplies the gradient that comes back through it as well."""
LARGE = 100.0
"""Sums of this size at the start: whatever the answer, it is given as if it were beyond all doubt."""


@illnesses.register
class ExplodingSignal(Illness):
    """First weights so large that values, and with them gradients, grow from layer to layer."""

    id = "exploding-gradient"
    label = Text("Exploding gradient", "勾配の爆発")
    order = 20

    def examine(self, chart: Chart) -> Diagnosis | None:
        sums = chart.first_sums
        if len(sums) < 2 or (np.isfinite(sums).all() and (sums[-1] < LARGE or sums[-1] < GROWTH * sums[0])):
            return None
        layers = chart.experiment.layers
        relu = any(layer.activation.id == "relu" for layer in layers)
        good = HeNormal() if relu else GlorotUniform()
        sums = np.where(np.isfinite(sums), sums, np.finfo(np.float32).max)
        said = _GROWS.format(first=float(sums[0]), last=float(sums[-1]), n=len(sums))
        gradients = np.where(np.isfinite(chart.sizes.gradients), chart.sizes.gradients, np.finfo(np.float32).max)
        evidence = (bars(_SUMS, sums, limit=LARGE, logarithmic=True), bars(_GRADIENTS, gradients, logarithmic=True))
        if chart.experiment.initializer == good:
            clipped = chart.experiment.replace(clip=1.0)
            return self.found(said, evidence, clipped, _CLIP)
        return self.found(said, evidence, chart.experiment.replace(initializer=good), _WEIGHTS.format(start=good.label))


_GROWS = Text(
    "With its first weights, the network's sums grow from {first:.3g} in the first layer to {last:.3g} in the last of {n}, "
    "and the gradients with them.",
    "最初の重みでは、入力総和が第 1 層の {first:.3g} から全 {n} 層の最後で {last:.3g} まで膨らみ、勾配も同じように大きくなっています。",
)
_SUMS = Text("Size of the sums at the start, by layer", "学習前の入力総和の大きさ（層ごと）")
_GRADIENTS = Text("Size of the gradient now, by layer", "現在の勾配の大きさ（層ごと）")
_WEIGHTS = Text("Start again with {start}", "{start}で始め直す")
_CLIP = Text("Clip the gradient to length 1", "勾配の長さを 1 で切りそろえる")
