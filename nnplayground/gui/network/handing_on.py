"""A new layer that changes nothing at first: what was learnt stays, and training goes on from there."""

from __future__ import annotations

from nnplayground.engine.activations import Activation
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.layers.dense import Dense
from nnplayground.gui.designer import edits
from nnplayground.training.experiment import Experiment
from nnplayground.training.surgery import values_before
from nnplayground.training.surgery.carrier import carrier

WIDEST = 1024
"""Units of a new layer, at most."""


def layer_that_hands_on(experiment: Experiment, index: int) -> tuple[int, Dense, Activation]:
    """Where a dense layer can stand from `index` on, one that can hand on all values, and the activation usual there.

    It has that activation if values get through it unchanged, otherwise ReLU, which lets all through. Raises `Problem`
    if the experiment has no network.
    """
    network = experiment.network()
    place = next(i for i, shape in enumerate(network.shapes) if i >= index and len(shape) == 1)
    usual = edits.new_layer(experiment, Dense).activation
    bounds = values_before(network, place)
    activation = usual if carrier(usual, *bounds).exact else ReLU()
    inputs = network.shapes[place][0]
    units = 2 * inputs if carrier(activation, *bounds).paired else inputs
    return place, Dense(min(units, WIDEST), activation), usual
