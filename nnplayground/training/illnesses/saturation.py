from __future__ import annotations

import numpy as np

from nnplayground.engine.initializers.glorot import GlorotUniform
from nnplayground.text import Text
from nnplayground.training.chart import Chart, is_bounded
from nnplayground.training.illnesses import Diagnosis, Illness, bars, illnesses
from nnplayground.training.races.batch_normalization import normalized

MOST = 0.5
"""Share of all values of a layer that lie where its function has less than a tenth of its steepest slope. With sums of
spread 1 it is 7 % for tanh and next to none for the sigmoid. A network that has learnt a yes-or-no question well may
end like this too, so it counts only if it began like this, or if nothing is learnt."""
LEARNT = 0.9
"""Of the loss of knowing nothing."""


@illnesses.register
class Saturation(Illness):
    """Sums so large that sigmoid or tanh are flat there: outputs stuck at their ends, slopes near 0."""

    id = "saturation"
    label = Text("Saturated units", "飽和したユニット")
    order = 50

    def examine(self, chart: Chart) -> Diagnosis | None:
        layers = chart.experiment.layers
        bounded = [h for h in chart.health if is_bounded(layers[h.index].activation)]
        worst = max(bounded, key=lambda h: float(np.mean(h.flat)), default=None)
        if worst is None or float(np.mean(worst.flat)) <= MOST or not (self._began(chart) or self._stands(chart)):
            return None
        activation = layers[worst.index].activation.label
        said = _FLAT.format(share=float(np.mean(worst.flat)), layer=worst.index + 1, activation=activation)
        evidence = (bars(_SHARE, worst.flat, limit=MOST),)
        if chart.experiment.initializer.id == "glorot_uniform":
            inserted = chart.experiment.replace(layers=tuple(normalized(layers)))
            return self.found(said, evidence, inserted, _NORMALIZE)
        return self.found(said, evidence, chart.experiment.replace(initializer=GlorotUniform()), _WEIGHTS)

    def _began(self, chart: Chart) -> bool:
        """Whether some layer was flat with the first parameters already."""
        layers = chart.experiment.layers
        return any(float(np.mean(h.flat)) > MOST for h in chart.first_health if is_bounded(layers[h.index].activation))

    def _stands(self, chart: Chart) -> bool:
        """Whether the network still knows nothing."""
        windows = chart.loss_by_window
        return len(windows) > 1 and float(windows[-1]) >= LEARNT * chart.knowing_nothing


_FLAT = Text(
    "{share:.0%} of the sums in layer {layer} lie where the {activation} is flat, so hardly any gradient gets through.",
    "第 {layer} 層の入力総和の {share:.0%} が{activation}の平らな部分にあり、勾配がほとんど通りません。",
)
_SHARE = Text("Share of the samples at which each unit is flat", "各ユニットが平らな部分にあるデータの割合")
_WEIGHTS = Text("Start again with Xavier's weights", "Xavier の初期値で始め直す")
_NORMALIZE = Text("Normalize before each activation", "活性化の前にバッチ正規化を入れる")
