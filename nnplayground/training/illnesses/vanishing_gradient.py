from __future__ import annotations

from collections.abc import Iterator

from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.initializers.he import HeNormal
from nnplayground.engine.layers import Layer
from nnplayground.text import Text
from nnplayground.training.chart import Chart, is_bounded
from nnplayground.training.illnesses import Diagnosis, Illness, bars, illnesses

SMALL = 1e-3
"""The first layer learns so much more slowly than the last hidden one: a thousand epochs for its one. Sigmoids lose a
factor of about 5 a layer and get there with six; tanh and ReLU with the weights made for them stay near 1."""
FADED = 1e-4
"""The same for what the layers give forward: the last can hardly tell one sample from another."""


@illnesses.register
class VanishingGradient(Illness):
    """Gradients, or signals, that shrink from layer to layer until the far ones get none."""

    id = "vanishing-gradient"
    label = Text("Vanishing gradient", "勾配消失")
    order = 60

    def examine(self, chart: Chart) -> Diagnosis | None:
        sizes, spreads = chart.sizes, chart.spreads
        if len(sizes.layers) < 4:
            return None
        if sizes.ratio < SMALL:
            said = _BACK.format(n=len(sizes.layers), times=1 / max(sizes.ratio, 1e-30))
        elif spreads[-1] < FADED * spreads[0]:
            said = _FORTH.format(n=len(spreads), times=float(spreads[0] / max(spreads[-1], 1e-30)))
        else:
            return None
        evidence = (
            bars(_GRADIENTS, sizes.gradients, limit=SMALL * float(sizes.gradients[-2]), logarithmic=True),
            bars(_SPREADS, spreads, logarithmic=True),
        )
        layers = tuple(_straight(chart.experiment.layers))
        return self.found(said, evidence, chart.experiment.replace(layers=layers, initializer=HeNormal()), _REMEDY)


def _straight(layers: tuple[Layer, ...]) -> Iterator[Layer]:
    """Hidden layers with ReLU instead of what flattens out."""
    for layer in layers[:-1]:
        yield layer.replace(activation=ReLU()) if is_bounded(layer.activation) else layer
    yield layers[-1]


_BACK = Text(
    "The gradient of the first layer is {times:.3g} times smaller than that of the last hidden one: over {n} layers it vanishes.",
    "第 1 層の勾配が最後の中間層（隠れ層）の {times:.3g} 分の 1 しかありません。{n} 層を遡る間に消えています。",
)
_FORTH = Text(
    "The outputs of the last of {n} hidden layers differ {times:.3g} times less than those of the first: the signal fades away.",
    "中間層（隠れ層）{n} 層のうち最後の層の出力の違いが、最初の層の {times:.3g} 分の 1 しかありません。信号が途中で消えています。",
)
_GRADIENTS = Text("Size of the gradient, by layer", "勾配の大きさ（層ごと）")
_SPREADS = Text("Spread of the outputs, by hidden layer", "出力の広がり（中間層ごと）")
_REMEDY = Text("Use ReLU and start again with He's weights", "ReLU に替え、He の初期値で始め直す")
