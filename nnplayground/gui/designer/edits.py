"""What a person can do to the layers of an experiment: values in, values out."""

from __future__ import annotations

from dataclasses import fields

from nnplayground.engine.activations import activations
from nnplayground.engine.layers import Layer
from nnplayground.engine.layers.dense import Dense
from nnplayground.registry import Option
from nnplayground.training.experiment import Experiment

SIZES = ("units", "filters", "pool_size", "rate")
"""Options that say how large a layer is; other options stand only below the list."""


def has_activation(layer: Layer | type[Layer]) -> bool:
    """Whether an activation of a person's choice is part of the layer."""
    return any(f.name == "activation" for f in fields(layer))


def size_option(layer: Layer) -> Option | None:
    """The number shown and edited in the layer's row."""
    return next((o for o in layer.options() if o.name in SIZES), None)


def put(experiment: Experiment, index: int, layer: Layer) -> Experiment:
    """`layer` in the place of layer `index`."""
    layers = experiment.layers
    return experiment.replace(layers=(*layers[:index], layer, *layers[index + 1 :]))


def insert(experiment: Experiment, index: int, layer: Layer) -> Experiment:
    """`layer` before layer `index`."""
    layers = experiment.layers
    return experiment.replace(layers=(*layers[:index], layer, *layers[index:]))


def remove(experiment: Experiment, index: int) -> Experiment:
    """Without layer `index`."""
    layers = experiment.layers
    return experiment.replace(layers=(*layers[:index], *layers[index + 1 :]))


def move(experiment: Experiment, source: int, target: int) -> Experiment:
    """Layer `source` at place `target`, counted without it."""
    return insert(remove(experiment, source), target, experiment.layers[source])


def place_for_new(experiment: Experiment, selected: int) -> int:
    """Where a new layer goes: after the selected one, but before an output layer that answers the task."""
    layers = experiment.layers
    if selected == len(layers) - 1 and layers and experiment.dataset.task.fits(getattr(layers[-1], "units", 0)):
        return selected
    return selected + 1


def new_layer(experiment: Experiment, kind: type[Layer]) -> Layer:
    """A layer of `kind`; if it has an activation, the one that the other hidden layers use, or ReLU."""
    layer = kind()
    if not has_activation(kind):
        return layer
    hidden = [each for each in experiment.layers[:-1] if isinstance(each, Dense) and each.activation.id != "identity"]
    return layer.replace(activation=hidden[-1].activation if hidden else activations["relu"]())


def with_activation(experiment: Experiment, index: int, id: str) -> Experiment:
    """Activation `id` in layer `index`; its options are kept if it is there already."""
    layer = experiment.layers[index]
    if not has_activation(layer) or layer.activation.id == id:
        return experiment
    return put(experiment, index, layer.replace(activation=activations[id]()))
