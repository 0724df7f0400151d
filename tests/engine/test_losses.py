"""Losses: worked values, where each is at its best, and weights."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.losses.binary_cross_entropy import BinaryCrossEntropy
from nnplayground.engine.losses.cross_entropy import CategoricalCrossEntropy
from nnplayground.engine.losses.half_squared_error import HalfSquaredError
from nnplayground.engine.losses.hinge import Hinge
from nnplayground.engine.losses.huber import Huber
from nnplayground.engine.losses.mean_absolute_error import MeanAbsoluteError
from nnplayground.engine.losses.mean_squared_error import MeanSquaredError
from nnplayground.engine.network import Network, NetworkSpec
from nnplayground.engine.plan import Plan

TEXTBOOK = np.array([[0.1, 0.05, 0.6, 0, 0.05, 0.1, 0, 0.1, 0, 0]]).T
CLASS_2 = np.eye(10)[:, 2:3]


def test_the_textbook_digit():
    wrong = TEXTBOOK.copy()
    wrong[[2, 7]] = wrong[[7, 2]]
    assert CategoricalCrossEntropy().value(TEXTBOOK, CLASS_2) == pytest.approx(0.510825, abs=1e-6)
    assert CategoricalCrossEntropy().value(wrong, CLASS_2) == pytest.approx(2.302585, abs=2e-6)
    assert HalfSquaredError().value(TEXTBOOK, CLASS_2) == pytest.approx(0.0975)
    assert HalfSquaredError().value(wrong, CLASS_2) == pytest.approx(0.5975)


@pytest.mark.parametrize(("classes", "value"), [(3, 1.098612), (10, 2.302585)])
def test_a_network_that_knows_nothing_pays_the_logarithm_of_the_classes(classes, value):
    y = np.full((classes, 5), 1 / classes)
    assert CategoricalCrossEntropy().value(y, np.eye(classes)[:, :1].repeat(5, 1)) == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize(
    ("loss", "expected"),
    [
        (MeanSquaredError(), [0.125, 6.5]),
        (HalfSquaredError(), [0.125, 6.5]),
        (MeanAbsoluteError(), [0.25, 2.5]),
        (Huber(), [0.0625, 2.0]),
        (Huber(delta=2.0), [0.0625, 3.0]),
        (Hinge(), [0.5, 0.0]),
    ],
    ids=repr,
)
def test_the_loss_of_each_sample(loss, expected):
    y, t = np.array([[0.5, 3.0], [-0.5, -3.0]]), np.array([[1.0, 1.0], [-0.5, 0.0]])
    np.testing.assert_allclose(loss.each(y, t), expected)
    assert loss.value(y, t) == pytest.approx(np.mean(expected))
    assert loss.value(y, t, np.array([1.0, 0.0])) == pytest.approx(expected[0] / 2)


def test_n08_certain_and_wrong_is_expensive_but_finite():
    y, t = np.array([[1.0], [0.0]], np.float32), np.array([[0.0], [1.0]], np.float32)
    for loss in (CategoricalCrossEntropy(), BinaryCrossEntropy()):
        assert 15 < loss.value(y, t) < 200
    network = Network(NetworkSpec((1,), (Dense(2, Softmax()),)))
    plan = Plan(network, 1, np.array([300, 0, -300, 0], np.float32), np.zeros(4, np.float32), training=True)
    plan.rows[...], plan.targets[...] = 1, [0, 1]
    plan.forward()
    assert plan.loss() == 600


def test_weighted_samples_count_as_if_they_stood_there_more_often():
    rng = np.random.default_rng(0)
    network = Network(NetworkSpec((2,), (Dense(3, Softmax()),)))
    parameters = network.initial_parameters(rng, np.float64)
    rows, targets = rng.normal(size=(4, 2)), np.eye(3)[[0, 1, 2, 0]]
    found = []
    for repeats, weights in (([2, 1, 1, 0], None), ([1, 1, 1, 1], np.array([2.0, 1, 1, 0]))):
        gradients = np.zeros(network.trainable)
        plan = Plan(network, 4, parameters, gradients, training=True)
        plan.rows[...], plan.targets[...] = rows.repeat(repeats, 0), targets.repeat(repeats, 0)
        plan.weights = weights
        plan.forward()
        plan.backward()
        found.append((plan.loss(), gradients))
    assert found[0][0] == pytest.approx(found[1][0])
    np.testing.assert_allclose(found[0][1], found[1][1], atol=1e-12)


@given(
    st.lists(st.floats(-1e4, 1e4, width=32), min_size=3, max_size=3), st.integers(0, 2),
    st.sampled_from([(CategoricalCrossEntropy(), Softmax()), (BinaryCrossEntropy(), Sigmoid())]),
)  # fmt: skip
def test_n08_loss_and_slope_are_finite_however_sure_and_wrong(sums, answer, pair):
    loss, activation = pair
    network = Network(NetworkSpec((1,), (Dense(3, activation),), loss))
    parameters = np.stack([sums, np.zeros(3)], axis=1).astype(np.float32).ravel()
    plan = Plan(network, 1, parameters, np.zeros(6, np.float32), training=True)
    plan.rows[...], plan.targets[...] = 1, np.eye(3)[answer]
    gradients = plan.input_gradient
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        plan.forward()
        plan.backward()
        assert math.isfinite(plan.loss())
        assert math.isfinite(loss.value(plan.outputs, plan.targets.T))
    assert gradients is None
    assert np.isfinite(plan.outputs).all()
    assert np.isfinite(plan.sum_gradients(0)).all()
