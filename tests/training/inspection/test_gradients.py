"""The textbook's gradient bars and secants, and the chain rule factor by factor."""

import numpy as np
import pytest

from nnplayground.engine.activations.prelu import PReLU
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.losses.mean_squared_error import MeanSquaredError
from nnplayground.engine.network import Network, NetworkSpec
from nnplayground.storage import ready_made
from nnplayground.training.experiment import Experiment
from nnplayground.training.inspection.gradient_bars import gradient_bars
from nnplayground.training.inspection.loss_function import LossFunction
from nnplayground.training.inspection.sample_way import chain, sample_way, terms
from nnplayground.training.inspection.secants import secant, secant_errors

TEXTBOOK = Experiment()
DATA = TEXTBOOK.dataset.load()
TARGETS = DATA.task.targets(DATA.train_labels, 3, Softmax())
START = np.random.RandomState(1).randn(15)
GRADIENT = [0.0885, 0.1916, -0.0514, 0.0128, -0.1447, -0.1424, -0.0299, 0.0135, -0.1112, -0.1010, -0.0943, -0.4686,
            0.1310, 0.0808, 0.5797]  # fmt: skip


def test_the_bars_of_the_textbook():
    found = gradient_bars(TEXTBOOK.network(), START, DATA.x_train[:2], TARGETS[:2])
    np.testing.assert_allclose(found.backprop, GRADIENT, atol=5e-5)
    assert np.abs(found.difference).max() == pytest.approx(1.02e-8, rel=0.01)
    smallest = np.argsort(np.abs(found.backprop))[:2]
    assert smallest.tolist() == [3, 7], "the fourth of w and the eighth of v look as if they were good"
    np.testing.assert_allclose(found.backprop[smallest], [0.01281536, 0.01351315], atol=1e-7)
    assert [(b.layer, b.name, b.index) for b in found.bars[2:5]] == [(0, "b", (0,)), (0, "W", (1, 0)), (0, "W", (1, 1))]
    np.testing.assert_array_equal(found.values, START)
    assert found.evaluations_for_all == 30


def test_many_parameters_are_thinned_out_evenly():
    experiment = Experiment(layers=(Dense(50, Tanh()), Dense(3, Softmax())))
    network = experiment.network()
    found = gradient_bars(network, network.initial_parameters(np.random.default_rng(0)), DATA.x_train, TARGETS, most=20)
    assert (len(found.bars), found.places[0], found.places[-1]) == (20, 0, network.trainable - 1)
    assert np.abs(found.difference).max() < 1e-6
    assert found.numeric_seconds_for_all > found.numeric_seconds


def test_the_secant_comes_near_the_tangent_until_digits_run_out():
    network = TEXTBOOK.network()
    wide = secant(network, START, DATA.x_train, TARGETS, 0, 1.0)
    near = secant(network, START, DATA.x_train, TARGETS, 0, 1e-3)
    assert wide.exact == near.exact
    assert abs(near.slope - near.exact) < 1e-6 < abs(wide.slope - wide.exact)
    assert near.below != near.here != near.above
    errors = secant_errors(network, START, DATA.x_train, TARGETS, 0)
    best = errors.h[errors.central.argmin()]
    assert 1e-7 < best < 1e-3
    assert errors.central[0] > 1e-3
    assert errors.central[-1] > 1e-3
    at = np.argmin(np.abs(errors.h - 1e-4))
    assert errors.central[at] < errors.forward[at] / 100


def test_the_way_of_the_article_is_followed_number_by_number():
    experiment = ready_made.load("forward-pass")
    network = experiment.network()
    parameters = np.array(
        [.1, .2, .1, .3, .4, .2, .5, .6, .3, .1, .2, .3, .1, .4, .5, .6, .2, .1, .2, .1, .3, .4, .2]
    )  # fmt: skip
    way = sample_way(network, parameters, np.array([1.0, 0.5]), np.array([0.0, 1.0]))
    np.testing.assert_allclose(way.layers[0].u, [0.3, 0.7, 1.1])
    np.testing.assert_allclose(way.layers[0].a, [0.57444252, 0.66818777, 0.75026011], atol=1e-8)
    np.testing.assert_allclose(way.layers[1].u, [0.51615984, 1.21402696], atol=1e-8)
    np.testing.assert_allclose(way.layers[2].a, [0.31682708, 0.69627909], atol=1e-8)
    sums = terms(way, 1, 0)
    np.testing.assert_allclose(sums.products, [0.057444252, 0.133637554, 0.225078033], atol=1e-8)
    np.testing.assert_allclose(sums.partial, [0.1, 0.157444252, 0.291081806, 0.516159839], atol=1e-8)


@pytest.mark.parametrize(
    ("hidden", "last", "loss"),
    [
        ((Dense(6, Sigmoid()), Dense(5, Tanh())), Dense(3, Softmax()), None),
        ((Dense(6, PReLU()), Dense(5, ReLU())), Dense(3), MeanSquaredError()),
        ((Dense(6, Sigmoid()),), Dense(3, Sigmoid()), MeanSquaredError()),
    ],
)
def test_the_factors_of_every_weight_multiply_to_the_gradient_of_the_engine(hidden, last, loss):
    spec = NetworkSpec((4,), (*hidden, last), *([loss] if loss else []))
    network = Network(spec)
    rng = np.random.default_rng(0)
    parameters = network.initial_parameters(rng, np.float64) + 0.1 * rng.normal(size=network.size)
    row, target = rng.normal(size=4), np.array([0.0, 1.0, 0.0])
    way = sample_way(network, parameters, row, target)
    function = LossFunction(network, parameters, row[None], target[None])
    assert way.loss == pytest.approx(function.loss())
    np.testing.assert_array_equal(way.gradient, function.gradient())
    for layer, step in enumerate(way.layers):
        for unit in range(len(step.u)):
            for source in range(-1, len(step.x)):
                link = chain(network, way, layer, unit, source)
                assert link.gradient == pytest.approx(link.input * link.delta, rel=1e-12, abs=1e-300)
                if link.slope is not None and link.upstream is not None:
                    assert link.slope * link.upstream == pytest.approx(link.delta, rel=1e-9, abs=1e-15)
                if link.weights is not None:
                    assert float(link.weights @ link.deltas) == pytest.approx(link.upstream)
                place = (
                    network.addresses[layer]["b"][unit] if source < 0 else network.addresses[layer]["W"][unit, source]
                )
                if place < network.trainable:
                    numeric = (function.at(place, 1e-5) - function.at(place, -1e-5)) / 2e-5
                    assert link.gradient == pytest.approx(numeric, rel=1e-5, abs=1e-8)


def test_the_chain_of_a_large_image_network_agrees_with_both_gradients():
    network = Network(
        NetworkSpec((1, 28, 28), (Flatten(), Dense(64, Sigmoid()), Dense(32, ReLU()), Dense(10, Softmax())))
    )
    rng = np.random.default_rng(1)
    parameters = network.initial_parameters(rng, np.float64)
    row, target = rng.random(784), np.eye(10)[3]
    way = sample_way(network, parameters, row, target)
    function = LossFunction(network, parameters, row[None], target[None])
    for _ in range(20):
        unit, pixel = int(rng.integers(64)), int(rng.integers(784))
        link = chain(network, way, 1, unit, pixel)
        place = network.addresses[1]["W"][unit, pixel]
        numeric = (function.at(place, 1e-4) - function.at(place, -1e-4)) / 2e-4
        assert link.gradient == pytest.approx(link.input * link.slope * link.upstream, rel=1e-9, abs=1e-15)
        assert link.gradient == pytest.approx(numeric, rel=1e-5, abs=1e-11)


def test_behind_a_convolution_the_factors_end_where_they_cannot_be_told():
    network = Network(NetworkSpec((1, 6, 6), (Conv2D(2, 3, activation=Tanh()), Flatten(), Dense(3, Softmax()))))
    rng = np.random.default_rng(1)
    way = sample_way(network, network.initial_parameters(rng, np.float64), rng.random(36), np.eye(3)[0])
    assert way.layers[0].W is None
    assert terms(way, 0, 0) is None
    assert len(way.layers[0].u) == len(way.layers[0].slope) == 2 * 4 * 4
