from __future__ import annotations

from collections.abc import Iterator

from nnplayground.engine.activations.leaky_relu import LeakyReLU
from nnplayground.engine.layers import Layer
from nnplayground.text import Text
from nnplayground.training.chart import Chart, is_bounded
from nnplayground.training.illnesses import Diagnosis, Illness, bars, illnesses

MOST = 0.75
"""Share of a layer's units. ReLU behind sigmoids often begins with half of them at 0 and gets them back as the layer
before learns; with three of four gone, too little gradient is left to bring them back."""


@illnesses.register
class DeadUnits(Illness):
    """ReLU units that are below 0 for every sample: no gradient reaches their weights any more."""

    id = "dead-relu"
    label = Text("Dead ReLU units", "死んだ ReLU")
    order = 40

    def examine(self, chart: Chart) -> Diagnosis | None:
        layers = chart.experiment.layers
        health = [h for h in chart.health if not is_bounded(layers[h.index].activation)]
        worst = max(health, key=lambda h: h.dead, default=None)
        if worst is None or worst.dead < MOST:
            return None
        dead, units = int((worst.zero == 1).sum()), len(worst.zero)
        said = _DEAD.format(dead=dead, units=units, layer=worst.index + 1)
        remedy = chart.experiment.replace(layers=tuple(_leaky(layers)))
        return self.found(said, (bars(_SHARE, worst.zero, limit=1.0),), remedy, _REMEDY)


def _leaky(layers: tuple[Layer, ...]) -> Iterator[Layer]:
    """The layers with leaky ReLU for ReLU: 0.1 to the left lets the dead learn again."""
    for layer in layers:
        yield layer.replace(activation=LeakyReLU(0.1)) if layer.activation.id == "relu" else layer


_DEAD = Text(
    "{dead} of the {units} units of layer {layer} are 0 for every sample, so nothing can teach them any more.",
    "第 {layer} 層の {units} ユニットのうち {dead} 個が、どのデータでも 0 です。勾配が届かず、もう学習できません。",
)
_SHARE = Text("Share of the samples at which each unit has no slope", "各ユニットの傾きが 0 になるデータの割合")
_REMEDY = Text("Use leaky ReLU", "Leaky ReLU に替える")
