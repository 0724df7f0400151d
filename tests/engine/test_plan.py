"""Plans: what works in common arrays gives the same as what has arrays of its own."""

import math

import numpy as np
import pytest

from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.layers.activation_layer import ActivationLayer
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.layers.reshape import Reshape
from nnplayground.engine.losses.half_squared_error import HalfSquaredError
from nnplayground.engine.network import Network, NetworkSpec
from nnplayground.engine.plan import Plan

BATCH = 5
SPECS = {
    "dense": NetworkSpec((3,), (Dense(4, Tanh()), Dense(2, Tanh())), HalfSquaredError()),
    "one layer, judged by its sums": NetworkSpec((3,), (Dense(3, Softmax()),)),
    "an activation first": NetworkSpec((3,), (ActivationLayer(Tanh()), Dense(2, Softmax()))),
    "an image made flat": NetworkSpec((1, 4, 4), (Flatten(), Dense(3, ReLU()), Dense(2, Softmax()))),
    "a convolution": NetworkSpec((1, 4, 4), (Conv2D(2, 3, activation=ReLU()), Flatten(), Dense(2, Softmax()))),
    "numbers as an image": NetworkSpec((16,), (Reshape(1, 4, 4), Conv2D(2, 3), Flatten(), Dense(2, Softmax()))),
}


@pytest.mark.parametrize("name", SPECS)
def test_plans_beside_each_other_are_as_good_as_plans_alone(name):
    network, rng = Network(SPECS[name]), np.random.default_rng(0)
    parameters, gradients = network.initial_parameters(rng), np.zeros(network.trainable, np.float32)
    features, outputs = math.prod(network.spec.input_shape), math.prod(network.output_shape)

    def drawn() -> tuple[np.ndarray, np.ndarray]:
        rows = np.hstack([rng.normal(size=(BATCH, features)), np.ones((BATCH, 1))])
        return rows.astype(np.float32), rng.dirichlet(np.ones(outputs), BATCH).astype(np.float32)

    samples = [drawn() for _ in range(3)]
    first, *_ = alone = [Plan(network, BATCH, parameters, gradients, rows=r, targets=t) for r, t in samples]
    beside = [first.beside(rows, targets) for rows, targets in samples]
    for i, (mine, own) in [*enumerate(zip(beside, alone, strict=True))] * 2:
        mine.step_size = own.step_size = 0.5 + i
        found = []
        for plan in (own, mine):
            for do in plan.passes:
                do()
            found.append((plan.loss(), plan.outputs.copy(), gradients.copy()))
        for expected, value in zip(*found, strict=True):
            np.testing.assert_array_equal(value, expected)
