from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nnplayground.engine.activations.identity import Identity
from nnplayground.engine.initializers.normal import Normal
from nnplayground.engine.layers import Layer
from nnplayground.engine.layers.activation_layer import ActivationLayer
from nnplayground.engine.layers.batch_normalization import BatchNormalization
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.layers.dense import Dense
from nnplayground.text import Problem, Text
from nnplayground.training.experiment import Experiment
from nnplayground.training.race import Lane
from nnplayground.training.races import ReadyRace, races
from nnplayground.training.races._digits import deep_digits


@races.register
@dataclass(frozen=True)
class WithBatchNormalization(ReadyRace):
    """The network as it is, and with a batch normalization between the sums and the activation of each hidden layer."""

    id = "batch-normalization"
    label = Text("With and without batch normalization", "バッチ正規化あり・なし")
    help = Text(
        "Normalized layers learn from nearly any initial weights; without, the wrong spread stops a deep network.",
        "バッチ正規化があれば重みの初期値にほとんど左右されません。なければ、深いネットワークは初期値次第で学習が止まります。",
    )
    order = 30

    def lanes(self, experiment: Experiment) -> tuple[Lane, ...]:
        plain = tuple(layer for layer in experiment.layers if not isinstance(layer, BatchNormalization))
        with_it = tuple(normalized(plain))
        if with_it == plain:
            raise Problem(_NO_HIDDEN)
        return (
            Lane(Text("without", "なし"), experiment.replace(layers=plain)),
            Lane(Text("with", "あり"), experiment.replace(layers=with_it)),
        )

    def stage(self) -> Experiment:
        return deep_digits(5, 1_000).replace(initializer=Normal(0.0136))


def normalized(layers: tuple[Layer, ...]) -> Iterator[Layer]:
    """The layers with a batch normalization between the sums and the activation of each hidden one."""
    for layer in layers[:-1]:
        if isinstance(layer, (Dense, Conv2D)):
            yield layer.replace(activation=Identity())
            yield BatchNormalization(momentum=0.9)  # a race is short, and its running means must keep up
            if layer.activation.id != "identity":
                yield ActivationLayer(layer.activation)
        else:
            yield layer
    yield layers[-1]


_NO_HIDDEN = Text(
    "There is no hidden layer to normalize; add one, then race.",
    "正規化する中間層（隠れ層）がありません。追加してから競走させてください。",
)
