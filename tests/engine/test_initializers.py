"""Initial weights: the spread each rule promises, and what it does to five layers of activations."""

import math

import numpy as np
import pytest

from nnplayground.engine.activations import Activation
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.initializers import Initializer, initializers
from nnplayground.engine.initializers.constant import Constant
from nnplayground.engine.initializers.glorot import GlorotUniform
from nnplayground.engine.initializers.glorot_normal import GlorotNormal
from nnplayground.engine.initializers.he import HeNormal
from nnplayground.engine.initializers.he_uniform import HeUniform
from nnplayground.engine.initializers.lecun_normal import LeCunNormal
from nnplayground.engine.initializers.lecun_uniform import LeCunUniform
from nnplayground.engine.initializers.normal import Normal
from nnplayground.engine.initializers.orthogonal import Orthogonal
from nnplayground.engine.initializers.uniform import Uniform
from nnplayground.engine.initializers.zeros import Zeros
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.network import Network, NetworkSpec
from nnplayground.engine.plan import Plan


@pytest.mark.parametrize(
    ("rule", "spread", "largest"),
    [
        (Zeros(), 0, 0),
        (Constant(0.3), 0, 0.3),
        (Normal(0.05), 0.05, None),
        (Uniform(), 1 / math.sqrt(12), 0.5),
        (GlorotUniform(), math.sqrt(2 / 500), math.sqrt(6 / 500)),
        (GlorotNormal(), math.sqrt(2 / 500), None),
        (HeUniform(), math.sqrt(2 / 200), math.sqrt(6 / 200)),
        (HeNormal(), math.sqrt(2 / 200), None),
        (LeCunUniform(), math.sqrt(1 / 200), math.sqrt(3 / 200)),
        (LeCunNormal(), math.sqrt(1 / 200), None),
        (Orthogonal(), math.sqrt(1 / 300), None),
    ],
    ids=lambda v: v.id if isinstance(v, Initializer) else "",
)
def test_the_spread_each_rule_promises(rule, spread, largest):
    drawn = rule.draw(np.random.default_rng(0), (300, 200), 200, 300)
    assert drawn.shape == (300, 200)
    assert drawn.std() == pytest.approx(spread, rel=0.02)
    if largest is not None:
        assert np.abs(drawn).max() == pytest.approx(largest, rel=0.001)


@pytest.mark.parametrize("shape", [(5, 3), (3, 5), (4, 4)])
def test_orthogonal_rows_or_columns(shape):
    w = Orthogonal(2.0).draw(np.random.default_rng(1), shape, shape[1], shape[0])
    small = w.T @ w if shape[0] >= shape[1] else w @ w.T
    np.testing.assert_allclose(small, 4 * np.eye(min(shape)), atol=1e-12)


def test_weights_are_drawn_for_each_layer_and_biases_start_at_0():
    for kind in initializers.values():
        network = Network(NetworkSpec((1, 8, 8), (Conv2D(4, 3),), initializer=kind()))
        (views,) = network.views(network.initial_parameters(np.random.default_rng(0)))
        assert not views["b"].any()
        assert views["W"].any() != (kind is Zeros)


def outputs_of_five_layers(rule: Initializer, activation: Activation, seed: int = 1) -> np.ndarray:
    """Of the fifth layer of 100 units, for 1000 samples of 100 normally distributed inputs."""
    network = Network(NetworkSpec((100,), (Dense(100, activation),) * 5, initializer=rule))
    plan = Plan(network, 1000, network.initial_parameters(np.random.default_rng(seed), np.float64))
    plan.rows[...] = np.random.default_rng(0).normal(size=(1000, 100))
    plan.forward()
    return plan.outputs


@pytest.mark.parametrize(
    ("activation", "spreads"),
    [
        # Standard deviation of the fifth layer's outputs: weights of std 1, of std 0.01, Xavier, He.
        (Sigmoid(), (0.443, 0.012, 0.117, 0.162)),
        (Tanh(), (0.958, 0.0, 0.319, 0.566)),
        (ReLU(), (17_674, 0.0, 0.177, 1.00)),
    ],
    ids=["sigmoid", "tanh", "relu"],
)
def test_the_spread_that_is_left_after_five_layers(activation, spreads):
    for rule, expected in zip((Normal(1.0), Normal(0.01), GlorotNormal(), HeNormal()), spreads, strict=True):
        found = np.mean([outputs_of_five_layers(rule, activation, seed).std() for seed in range(5)])
        # The published numbers are of one draw of the weights; single draws of ReLU's lie up to 40 % apart.
        assert found == pytest.approx(expected, rel=0.25 if isinstance(activation, ReLU) else 0.1, abs=0.002), rule


def test_large_weights_push_the_sigmoid_to_its_ends():
    outputs = outputs_of_five_layers(Normal(1.0), Sigmoid())
    assert np.mean((outputs < 0.05) | (outputs > 0.95)) == pytest.approx(0.687, abs=0.03)
