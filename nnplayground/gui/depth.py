"""How deep a network is, and what its hidden layers do: changed in one go, to see what becomes of the gradient."""

from __future__ import annotations

from nnplayground.engine.activations import Activation
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.initializers import Initializer
from nnplayground.engine.layers.dense import Dense
from nnplayground.training.experiment import Experiment

DEEPEST = 10
UNITS = 8
"""Of the first hidden layer in a network that had none."""


def hidden(experiment: Experiment) -> range:
    """The dense layers in a row before the last layer, by index."""
    last = len(experiment.layers) - 1
    first = last
    while first > 0 and isinstance(experiment.layers[first - 1], Dense):
        first -= 1
    return range(first, last)


def with_depth(experiment: Experiment, depth: int) -> Experiment:
    """The experiment with `depth` hidden dense layers: the first ones stay, the last one is repeated."""
    there = hidden(experiment)
    own = [experiment.layers[i] for i in there] or [Dense(UNITS, Sigmoid())]
    wanted = [own[min(i, len(own) - 1)] for i in range(depth)]
    layers = experiment.layers
    return experiment.replace(layers=(*layers[: there.start], *wanted, *layers[there.stop :]))


def with_kind(experiment: Experiment, activation: Activation, initializer: Initializer) -> Experiment:
    """The experiment with another activation in its hidden dense layers, and other initial weights."""
    there = hidden(experiment)
    layers = tuple(
        layer.replace(activation=activation) if i in there else layer for i, layer in enumerate(experiment.layers)
    )
    return experiment.replace(layers=layers, initializer=initializer)
