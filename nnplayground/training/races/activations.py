from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nnplayground.engine.activations import Activation
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.initializers import Initializer
from nnplayground.engine.initializers.glorot import GlorotUniform
from nnplayground.engine.initializers.he import HeNormal
from nnplayground.engine.layers import Layer
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.layers.dense import Dense
from nnplayground.text import Problem, Text
from nnplayground.training.experiment import Experiment
from nnplayground.training.race import Lane
from nnplayground.training.races import ReadyRace, races
from nnplayground.training.races._digits import deep_digits

RUNNERS: tuple[tuple[Activation, Initializer], ...] = (
    (Sigmoid(), GlorotUniform()),
    (Tanh(), GlorotUniform()),
    (ReLU(), HeNormal()),
)
"""Each with the initial weights that were made for it."""


@races.register
@dataclass(frozen=True)
class Activations(ReadyRace):
    """Sigmoid, tanh and ReLU in all hidden layers."""

    id = "activations"
    label = Text("Activations: sigmoid, tanh, ReLU", "活性化関数: シグモイド・tanh・ReLU")
    help = Text(
        "In a deep network the gradient hardly gets through sigmoids to the first layers; tanh and ReLU let it pass.",
        "深いネットワークでは、シグモイドを通ると勾配が最初の層までほとんど届きません。tanh と ReLU なら届きます。",
    )
    order = 50

    def lanes(self, experiment: Experiment) -> tuple[Lane, ...]:
        if not any(isinstance(layer, (Dense, Conv2D)) for layer in experiment.layers[:-1]):
            raise Problem(_NO_HIDDEN)
        return tuple(
            Lane(a.label, experiment.replace(layers=tuple(_with(experiment.layers, a)), initializer=start))
            for a, start in RUNNERS
        )

    def stage(self) -> Experiment:
        return deep_digits(5, 5_000).replace(learning_rate=0.1)


def _with(layers: tuple[Layer, ...], activation: Activation) -> Iterator[Layer]:
    for layer in layers[:-1]:
        yield layer.replace(activation=activation) if isinstance(layer, (Dense, Conv2D)) else layer
    yield layers[-1]


_NO_HIDDEN = Text(
    "There is no hidden layer whose activation could race; add one.",
    "活性化関数を比べる中間層（隠れ層）がありません。追加してください。",
)
