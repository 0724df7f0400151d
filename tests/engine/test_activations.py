"""Activation functions against published values, against their own numerical slopes, and at the ends of the number line."""

import math
import warnings

import numpy as np
import pytest

from nnplayground.engine.activations import Activation, activations
from nnplayground.engine.activations.absolute import Absolute
from nnplayground.engine.activations.gelu import GELU
from nnplayground.engine.activations.identity import Identity
from nnplayground.engine.activations.leaky_relu import LeakyReLU
from nnplayground.engine.activations.maxout import Maxout
from nnplayground.engine.activations.prelu import PReLU
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.rrelu import RReLU
from nnplayground.engine.activations.selu import SELU
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.step import Step
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.layers.activation_layer import ActivationLayer
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.losses.mean_squared_error import MeanSquaredError
from nnplayground.engine.network import Network, NetworkSpec
from nnplayground.engine.plan import Plan, predict
from nnplayground.text import Problem

X = np.array([-5, -2, -1, -0.5, 0, 0.5, 1, 2, 5])
VALUES = [
    (Step(), [0, 0, 0, 0, 0, 1, 1, 1, 1]),
    (Sigmoid(), [0.00669285, 0.11920292, 0.26894142, 0.37754067, 0.5, 0.62245933, 0.73105858, 0.88079708, 0.99330715]),
    (Tanh(), [-0.99990920, -0.96402758, -0.76159416, -0.46211716, 0, 0.46211716, 0.76159416, 0.96402758, 0.99990920]),
    (ReLU(), [0, 0, 0, 0, 0, 0.5, 1, 2, 5]),
    (LeakyReLU(0.01), [-0.05, -0.02, -0.01, -0.005, 0, 0.5, 1, 2, 5]),
    (Absolute(), [5, 2, 1, 0.5, 0, 0.5, 1, 2, 5]),
    (GELU(), [-0.00000143, -0.04550026, -0.15865525, -0.15426877, 0, 0.34573123, 0.84134475, 1.95449974, 4.99999857]),
    (GELU("tanh"),
     [-0.00000023, -0.04540231, -0.15880801, -0.15428599, 0, 0.34571401, 0.84119199, 1.95459769, 4.99999977]),
]  # fmt: skip
SLOPES = [
    (Sigmoid(), [0.00664806, 0.10499359, 0.19661193, 0.23500371, 0.25, 0.23500371, 0.19661193, 0.10499359, 0.00664806]),
    (Tanh(), [0.00018158, 0.07065082, 0.41997434, 0.78644773, 1, 0.78644773, 0.41997434, 0.07065082, 0.00018158]),
    (GELU(),
     [-0.00000715, -0.08523180, -0.08331547, 0.13250488, 0.5, 0.86749512, 1.08331547, 1.08523180, 1.00000715]),
    (Absolute(), [-1, -1, -1, -1, 0, 1, 1, 1, 1]),
    (ReLU(), [0, 0, 0, 0, 0, 1, 1, 1, 1]),
    (Step(), [0] * 9),
]  # fmt: skip
CURVES = [kind() for kind in activations.values() if kind.elementwise] + [
    GELU("tanh"), Sigmoid(0.1), Sigmoid(10), LeakyReLU(-1), LeakyReLU(1),
]  # fmt: skip


def run(activation: Activation, x: np.ndarray, training: bool = False, parameters: np.ndarray | None = None) -> Plan:
    """A plan of the activation alone, after one pass over `x` (units, batch) with an output gradient of ones."""
    network = Network(NetworkSpec((len(x),), (ActivationLayer(activation),), MeanSquaredError()))
    parameters = network.initial_parameters(np.random.default_rng(0), np.float64) if parameters is None else parameters
    plan = Plan(network, x.shape[1], parameters, np.zeros(network.trainable), training=training)
    plan.rows[...] = x.T
    plan.forward()
    return plan


def test_published_values_and_slopes():
    for column, table in enumerate((VALUES, SLOPES)):
        for activation, expected in table:
            found = activation.curve(X)[column]
            np.testing.assert_allclose(found, expected, rtol=0, atol=1e-8, err_msg=repr(activation))


@pytest.mark.parametrize("activation", CURVES, ids=repr)
def test_the_slope_is_that_of_the_curve(activation):
    x = np.linspace(-6, 6, 481) + 1e-3
    away = np.all([np.abs(x - kink) > 1e-3 for kink in activation.kinks], axis=0) if activation.kinks else slice(None)
    h = 1e-5
    numeric = (activation.curve(x + h)[0] - activation.curve(x - h)[0]) / (2 * h)
    np.testing.assert_allclose(activation.curve(x)[1][away], numeric[away], rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("activation", [*CURVES, Softmax(), Softmax(0.01), Softmax(100.0), Maxout()], ids=repr)
def test_n08_no_finite_number_overflows(activation):
    for dtype in (np.float32, np.float64):
        ends = np.finfo(dtype)
        sizes = np.concatenate([[ends.max, ends.max / 2, ends.tiny, 1000, 100, 38, 0], 10.0 ** np.arange(-30, 38, 4)])
        u = np.concatenate([sizes, -sizes]).astype(dtype)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for values in (u, np.tile(u, (3, 1)), np.stack([u, -u])):
                for result in activation.curve(values):
                    assert result.shape == values.shape
                    assert result.dtype == dtype
                    assert np.isfinite(result).all()


def test_the_sigmoid_and_tanh_know_each_other():
    x = np.linspace(-20, 20, 401)
    np.testing.assert_allclose(Tanh().curve(x)[0], 2 * Sigmoid().curve(2 * x)[0] - 1, rtol=0, atol=1e-15)
    np.testing.assert_allclose(Sigmoid().curve(-x)[0], 1 - Sigmoid().curve(x)[0], rtol=0, atol=1e-15)


@pytest.mark.parametrize(
    ("t", "value"), [(0.1, 0.999955), (0.5, 0.880797), (1, 0.731059), (2, 0.622459), (10, 0.524979)]
)
def test_the_temperature_of_the_sigmoid(t, value):
    a, slope = Sigmoid(t).curve(np.array([1.0, 0.0]))
    assert a[0] == pytest.approx(value, abs=1e-6)
    assert slope[1] == pytest.approx(0.25 / t)


def test_step_is_zero_at_zero_and_just_below():
    x = np.arange(-5, 5, 0.1)
    assert x[50] < 0  # -1.8e-14: this is not 0
    assert Step().curve(x)[0].sum() == 49
    assert Step().curve(np.zeros(1))[0] == 0


def test_the_straight_through_step_lets_weights_learn_and_the_plain_one_does_not():
    for activation, moves in ((Step(), False), (Step("straight-through"), True)):
        network = Network(NetworkSpec((1,), (Dense(1, activation),), MeanSquaredError()))
        gradients = np.zeros(2)
        plan = Plan(network, 1, np.array([0.5, 0.0]), gradients, training=True)
        plan.rows[...], plan.targets[...] = 1.0, 0.0
        plan.forward()
        plan.backward()
        assert bool(gradients.any()) is moves


def test_leaky_relu_becomes_its_neighbours():
    x = np.linspace(-3, 3, 61)
    for slope, other in ((0, ReLU()), (1, Identity()), (-1, Absolute())):
        np.testing.assert_array_equal(LeakyReLU(slope).curve(x)[0], other.curve(x)[0])
    assert LeakyReLU(0.01).curve(np.array([-5.0]))[0] == -0.05


def test_gelu_has_its_minimum_where_it_should_and_its_forms_stay_close():
    x = np.arange(-5, 5, 1e-4)
    exact, approximate = GELU().curve(x)[0], GELU("tanh").curve(x)[0]
    assert exact.min() == pytest.approx(-0.169971, abs=1e-6)
    assert x[exact.argmin()] == pytest.approx(-0.75179, abs=1e-4)
    assert 4e-4 < np.abs(exact - approximate).max() < 4.8e-4
    true = [0.5 * v * (1 + math.erf(v / math.sqrt(2))) for v in x[::500]]
    np.testing.assert_allclose(exact[::500], true, rtol=0, atol=1e-14)


def test_the_slope_of_prelu_is_learnt():
    network = Network(NetworkSpec((1,), (ActivationLayer(PReLU()),), MeanSquaredError()))
    parameters, gradients = network.initial_parameters(np.random.default_rng(0), np.float64), np.zeros(1)
    plan = Plan(network, 1, parameters, gradients, training=True)
    plan.rows[...], plan.targets[...] = -2.0, -1.0
    plan.forward()
    assert plan.outputs == -0.5
    plan.backward()
    # dE/da = 2 (a - t) = 1, so dE/dalpha = x.
    assert gradients == -2.0
    x = np.linspace(-2, 2, 21)
    plan = Plan(network, 21, parameters, gradients, training=True)
    plan.rows[:, 0], plan.targets[:, 0] = x, np.where(x < 0, 0.6 * x, x)
    for _ in range(200):
        plan.forward()
        plan.backward()
        parameters -= 0.1 * gradients
    assert parameters == pytest.approx(0.6, abs=1e-4)
    assert PReLU().curve(np.array([-1.0]), {"slope": parameters})[0] == pytest.approx(-0.6, abs=1e-4)


def test_randomized_relu_flickers_in_training_and_is_steady_later():
    x = np.array([np.linspace(-6, 6, 13)])
    training, later = run(RReLU(), x, training=True), run(RReLU(), x)
    first = training.outputs.copy()
    training.forward()
    assert (first[:, :6] != training.outputs[:, :6]).all()
    np.testing.assert_array_equal(training.outputs[:, 6:], x[:, 6:])
    slopes = training.outputs[:, :6] / x[:, :6]
    assert slopes.min() >= 1 / 8 and slopes.max() <= 1 / 3
    assert later.outputs[0, 0] == pytest.approx(-1.375)
    first = later.outputs.copy()
    later.forward()
    np.testing.assert_array_equal(first, later.outputs)


def test_maxout_keeps_the_larger_of_its_sums():
    network = Network(NetworkSpec((2,), (Dense(1, Maxout(2)),), MeanSquaredError()))
    assert network.parameter_count(0) == 2 * 3
    weights = np.array([[1, -1, 0], [0.5, 0.5, 0]])
    assert predict(network, weights.ravel(), [[1, -2]]) == 3
    gradients = np.zeros(6)
    plan = Plan(network, 1, weights.ravel(), gradients, training=True)
    plan.rows[...], plan.targets[...] = [1, -2], 2.5
    plan.forward()
    plan.backward()
    np.testing.assert_array_equal(gradients.reshape(2, 3), [[1, -2, 1], [0, 0, 0]])


@pytest.mark.parametrize(("pieces", "same"), [([1, 0], ReLU()), ([1, -1], Absolute())])
def test_two_pieces_make_relu_or_the_absolute_value(pieces, same):
    network = Network(NetworkSpec((1,), (Dense(1, Maxout(2)),), MeanSquaredError()))
    x = np.linspace(-3, 3, 31)
    found = predict(network, np.array([[p, 0.0] for p in pieces]).ravel(), x[:, None])
    np.testing.assert_array_equal(found[:, 0], same.curve(x)[0])


def test_maxout_needs_a_whole_number_of_sums_for_each_unit():
    with pytest.raises(Problem, match="gets 3 but needs a number of units that 2 divides"):
        Network(NetworkSpec((3,), (ActivationLayer(Maxout(2)),)))


def test_randomized_relu_refuses_an_empty_range():
    with pytest.raises(Problem, match=r"smallest slope 0\.5 is above the largest 0\.3333"):
        RReLU(low=0.5)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_selu_is_1_05_times_the_largest_numbers_too(kind):
    largest = np.finfo(kind).max
    sums = np.array([1, largest / 4, largest / 2, largest / 1.1, np.inf, -np.inf], kind)
    found = np.empty_like(sums)
    SELU().forward(sums, found)
    np.testing.assert_allclose(found, [*1.0507009873554805 * sums[:-1], -1.7580993408473766], rtol=1e-6)
