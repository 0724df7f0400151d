"""Numerical differentiation and backpropagation: how near they are, and what the check says when they are not."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import pytest

from nnplayground.data.datasets.generated_digits import GeneratedDigits
from nnplayground.data.datasets.three_classes import ThreeClasses
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.gradient_check import check_gradients
from nnplayground.engine.initializers.he import HeNormal
from nnplayground.engine.initializers.lecun_normal import LeCunNormal
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.losses.binary_cross_entropy import BinaryCrossEntropy
from nnplayground.engine.losses.mean_absolute_error import MeanAbsoluteError
from nnplayground.engine.network import Network, NetworkSpec
from nnplayground.engine.numerical import NumericalGradient
from nnplayground.engine.plan import Plan

DATA = ThreeClasses().load()
TEXTBOOK = Network(NetworkSpec((2,), (Dense(2, Sigmoid()), Dense(3, Softmax()))))


def first_two() -> tuple[np.ndarray, np.ndarray]:
    return DATA.x_train[:2].astype(float), np.eye(3)[DATA.train_labels[:2]]


def sigmoid_at_1() -> NumericalGradient:
    """The sigmoid as a network: its only loss is its value, at weight 1 and input 1."""
    subject = NumericalGradient(Network(NetworkSpec((1,), (Dense(1, Sigmoid()),), MeanAbsoluteError())), 1)
    subject.parameters[...], subject.plan.rows[...], subject.plan.targets[...] = (1, 0), 1, 0
    return subject


SLOPE = 0.19661193324148185


@pytest.mark.parametrize(
    ("epsilon", "error", "off"), [(0.1, 5.892e-5, 1e-3), (1e-3, 5.888e-9, 1e-3), (1e-4, 5.89e-11, 0.03)]
)
def test_the_error_falls_with_the_square_of_the_step(epsilon, error, off):
    assert abs(sigmoid_at_1().slope(0, epsilon) - SLOPE) == pytest.approx(error, rel=off)


@pytest.mark.parametrize(("epsilon", "error"), [(1e-8, 9.5e-10), (1e-12, 8.6e-6), (1e-16, 0.197)])
def test_from_there_on_rounding_takes_over(epsilon, error):
    """As 1 / (1 + exp(-u)) gives it; written otherwise, one of the two values may round to its other neighbour."""
    neighbour = 2.0**-53 / (2 * epsilon)
    found = abs(sigmoid_at_1().slope(0, epsilon) - SLOPE)
    assert any(found == pytest.approx(e, rel=0.01) for e in (error, neighbour - error, neighbour + error))


def test_one_sided_differences_are_much_worse():
    subject = sigmoid_at_1()
    below = subject.loss()
    subject.parameters[0] += 1e-4
    assert abs((subject.loss() - below) / 1e-4 - SLOPE) == pytest.approx(4.5e-6, rel=0.02)


def test_all_slopes_take_two_losses_for_each_parameter():
    subject, seen = NumericalGradient(TEXTBOOK, 2), []
    subject.plan.forward = lambda: seen.append(1)
    subject.slopes(range(15))
    assert len(seen) == 2 * 15


def test_the_gradient_bars_of_the_textbook():
    # Six bars of the hidden layer, nine of the output layer; the bias comes last in each unit's row.
    published = [0.0885, 0.1916, -0.0514, 0.01281536, -0.1447, -0.1424, -0.0299, 0.01351315, -0.1112, -0.1010, -0.0943,
                 -0.4686, 0.1310, 0.0808, 0.5797]  # fmt: skip
    subject = NumericalGradient(TEXTBOOK, 2)
    subject.parameters[...] = np.random.RandomState(1).randn(15)
    subject.plan.rows[...], subject.plan.targets[...] = first_two()
    subject.loss()
    subject.plan.backward()
    found = subject.gradients.copy()
    np.testing.assert_allclose(found, published, rtol=0, atol=6e-5)
    assert found[[3, 7]] == pytest.approx([0.01281536, 0.01351315], abs=1e-8)
    assert np.abs([subject.slope(i, 1e-3) - found[i] for i in range(15)]).max() < 1.1e-8


@dataclass(frozen=True)
class Wrong(Tanh):
    """A tanh whose author forgot the square."""

    id = "wrong"

    def derivative(self, a, out):
        return partial(np.subtract, 1, a, out=out)


def test_the_report_names_the_layer_whose_gradient_is_wrong():
    network = Network(NetworkSpec((2,), (Dense(3, Wrong()), Dense(3, Softmax()))))
    report = check_gradients(network, *first_two())
    assert not report.passed
    assert [b.passed for b in report.blocks] == [False, True]
    first, second = str(report).splitlines()[1:]
    assert first.startswith("1 dense") and first.endswith("differs by more than 1e-06")
    assert second.startswith("2 dense") and second.endswith("ok")


def test_the_check_leaves_the_parameters_alone():
    parameters = np.random.default_rng(0).normal(size=15)
    before = parameters.copy()
    assert check_gradients(TEXTBOOK, *first_two(), parameters).passed
    np.testing.assert_array_equal(parameters, before)


def at_the_start(network: Network, rows: np.ndarray, targets: np.ndarray, seed: int) -> list[dict[str, np.ndarray]]:
    """The gradient of each layer, by name, before anything is learnt."""
    gradients = np.zeros(network.trainable)
    start = network.initial_parameters(np.random.default_rng(seed), np.float64)
    plan = Plan(network, len(rows), start, gradients, training=True)
    plan.rows[...], plan.targets[...] = rows, targets
    plan.forward()
    plan.backward()
    return network.views(gradients)


def vanishing(depth: int, activation, rule) -> float:
    """Gradient of the first hidden layer as a share of that of the last, over ten draws of the weights."""
    rng = np.random.default_rng(0)
    rows, targets = rng.normal(size=(200, 100)), np.eye(10)[rng.integers(0, 10, 200)]
    layers = (*[Dense(100, activation)] * depth, Dense(10, Softmax()))
    network = Network(NetworkSpec((100,), layers, initializer=rule))
    shares = []
    for seed in range(10):
        sizes = [np.sqrt(np.mean(layer["W"] ** 2)) for layer in at_the_start(network, rows, targets, seed)]
        shares.append(sizes[0] / sizes[-2])
    return np.exp(np.mean(np.log(shares)))


@pytest.mark.parametrize(("depth", "share"), [(2, 0.178), (4, 0.0112), (6, 4.6e-4), (8, 3.0e-5), (10, 1.4e-6)])
def test_gradients_vanish_through_sigmoids_and_live_on_through_tanh_and_relu(depth, share):
    assert vanishing(depth, Sigmoid(), LeCunNormal()) == pytest.approx(share, rel=0.3)
    # Measured elsewhere: 1.0 to 1.2, and 0.35 to 0.5.
    assert 0.95 < vanishing(depth, Tanh(), LeCunNormal()) < 1.25
    assert 0.25 < vanishing(depth, ReLU(), HeNormal()) < 0.6


def test_gradients_of_digits_grow_three_to_five_times_from_layer_to_layer_on_the_way_to_the_output():
    """Published for layers of 30 sigmoids: 3 to 4 times; biases of four such layers: 0.003, 0.017, 0.070, 0.285."""
    data = GeneratedDigits(samples=1200).load()
    rows, targets = data.x_train[:1000], np.eye(10)[data.train_labels[:1000]]
    layers = (*[Dense(30, Sigmoid())] * 5, Dense(10, Sigmoid()))
    network = Network(NetworkSpec((784,), layers, BinaryCrossEntropy(), LeCunNormal()))
    growths = []
    for seed in range(5):
        found = at_the_start(network, rows, targets, seed)[:5]
        norms = np.array([[np.linalg.norm(layer[name]) for layer in found] for name in ("W", "b")])
        assert (np.diff(norms) > 0).all()
        growths.append((norms[:, -1] / norms[:, 0]) ** (1 / 4))
    weights, biases = np.mean(growths, axis=0)
    assert 3 < weights < 4
    assert biases == pytest.approx((0.285 / 0.003) ** (1 / 3), rel=0.15)
