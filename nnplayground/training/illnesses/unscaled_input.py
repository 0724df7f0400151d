from __future__ import annotations

import numpy as np

from nnplayground.engine.layers.batch_normalization import BatchNormalization
from nnplayground.text import Text
from nnplayground.training.chart import Chart
from nnplayground.training.illnesses import Diagnosis, Illness, bars, illnesses

LARGE = 30.0
"""Inputs of this size make the loss s² = 900 times steeper in the first layer's weights than inputs around 1: no rate
suits that layer and its biases at once. Squares of plane coordinates, up to about 15, still get by."""
ENOUGH = 500
"""Samples to look at: of images, more would take as long as several steps of training."""
UNEVEN = 100.0
"""One feature that spreads so much more than another is all that the network sees."""


@illnesses.register
class UnscaledInput(Illness):
    """Inputs far from the size 1 that initial weights and rates are made for."""

    id = "unscaled-input"
    label = Text("Unscaled input", "スケールされていない入力")
    order = 10

    def examine(self, chart: Chart) -> Diagnosis | None:
        first = chart.experiment.layers[0]
        if isinstance(first, BatchNormalization):
            return None
        rows = chart.trainer.data.x_train[:ENOUGH].astype(np.float64)
        spread, size = rows.std(axis=0), np.sqrt(np.square(rows).mean(axis=0))
        varying = spread > 0
        flat = len(chart.experiment.dataset.input_shape) == 1
        if not varying.any():
            return None
        largest = float(np.sqrt(np.square(rows[:, varying]).mean()))
        uneven = float(spread[varying].max() / spread[varying].min()) if flat and len(spread) <= 100 else 1.0
        if largest < LARGE and uneven < UNEVEN:
            return None
        remedy = chart.experiment.replace(layers=(BatchNormalization(), *chart.experiment.layers))
        said = _LARGE.format(size=largest) if largest >= LARGE else _UNEVEN.format(ratio=uneven)
        evidence = (
            bars(_SIZE, size[:100], limit=LARGE, logarithmic=True),
            bars(_SPREAD, spread[:100], logarithmic=True),
        )
        return self.found(said, evidence, remedy, _REMEDY)


_LARGE = Text(
    "The inputs are about {size:.0f} in size, but first weights and learning rates are made for inputs around 1.",
    "入力の大きさがおよそ {size:.0f} あります。重みの初期値や学習率は、1 前後の入力を想定しています。",
)
_UNEVEN = Text(
    "One input spreads {ratio:.0f} times as much as another, which the network hardly notices then.",
    "入力の広がりに {ratio:.0f} 倍もの差があり、小さい方の入力がほとんど効いていません。",
)
_SIZE = Text("Size of each input", "各入力の大きさ")
_SPREAD = Text("Spread of each input", "各入力の広がり")
_REMEDY = Text("Normalize the inputs first", "最初に入力を正規化する")
