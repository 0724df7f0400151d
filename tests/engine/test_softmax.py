"""Softmax: the examples of the articles, stability, and what its outputs mean."""

import warnings

import numpy as np
import pytest

from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.losses.cross_entropy import CategoricalCrossEntropy
from nnplayground.engine.network import Network, NetworkSpec
from nnplayground.engine.plan import Plan, predict


def softmax(scores, temperature: float = 1.0) -> np.ndarray:
    """Shares of `scores` (classes,) or (samples, classes)."""
    u = np.asarray(scores, np.float64).T
    out = np.empty_like(u)
    Softmax(temperature).forward(u, out)
    return out.T


def test_each_share_lies_between_0_and_1_they_add_to_1_and_keep_the_order():
    scores = np.random.default_rng(0).normal(0, 20, (500, 7))
    shares = softmax(scores)
    assert (shares >= 0).all() and (shares <= 1).all()
    np.testing.assert_allclose(shares.sum(axis=1), 1, rtol=0, atol=1e-12)
    np.testing.assert_array_equal(shares.argmax(axis=1), scores.argmax(axis=1))


@pytest.mark.parametrize(
    ("scores", "shares"),
    [
        ([1, 2, 3], [0.09003057, 0.24472847, 0.66524096]),
        ([1, 10, 5], [0.00012257, 0.9931854, 0.00669203]),
        ([-5, -10, -15], [0.99326236, 0.00669255, 0.00004509]),
        ([15, 20, 10], [0.00669255, 0.99326236, 0.00004509]),
        ([-5, -10, 10], [0.00000031, 0.00000000, 0.99999969]),
        ([10, 20, 30], [0.00000000, 0.0000454, 0.9999546]),
    ],
)
def test_the_printed_examples(scores, shares):
    np.testing.assert_allclose(softmax(scores), shares, rtol=0, atol=1e-8)
    assert softmax(scores).argmax() == np.argmax(scores)


def test_plain_shares_are_something_else():
    scores = np.array([1, 2, 3])
    np.testing.assert_allclose(scores / scores.sum(), [1 / 6, 1 / 3, 1 / 2])
    assert np.abs(softmax(scores) - scores / scores.sum()).max() > 0.16


def test_n08_large_scores_neither_overflow_nor_change_the_shares():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        far = softmax([1000, 1001, 1002])
    np.testing.assert_allclose(far, [0.0900, 0.2447, 0.6652], rtol=0, atol=5e-5)
    np.testing.assert_array_equal(far, softmax([1, 2, 3]))
    np.testing.assert_array_equal(softmax([101, 102, 103]), softmax([1, 2, 3]))
    np.testing.assert_allclose(softmax([-1000, -1000, -1000]), 1 / 3)


@pytest.mark.parametrize(
    ("temperature", "shares"),
    [(0.5, [0.0159, 0.1173, 0.8668]), (2, [0.1863, 0.3072, 0.5065]), (10, [0.3006, 0.3322, 0.3672])],
)
def test_temperature_sharpens_or_evens_out(temperature, shares):
    np.testing.assert_allclose(softmax([1, 2, 3], temperature), shares, rtol=0, atol=5e-5)


def test_a_prediction_has_a_row_for_each_sample_and_the_class_is_the_largest_of_the_row():
    network = Network(NetworkSpec((4,), (Dense(10, Softmax()),)))
    parameters = network.initial_parameters(np.random.default_rng(0))
    shares = predict(network, parameters, np.random.default_rng(1).normal(size=(25, 4)))
    assert shares.shape == (25, 10)
    assert shares.argmax(axis=1).shape == (25,)
    np.testing.assert_allclose(shares.sum(axis=1), 1, rtol=0, atol=1e-6)


@pytest.mark.parametrize("activation", [Softmax(2.0), Sigmoid(2.0)])
def test_a_temperature_at_the_output_is_a_division_of_the_sums(activation):
    rng = np.random.default_rng(2)
    rows, targets = rng.normal(size=(8, 3)), np.eye(4)[rng.integers(0, 4, 8)]
    found = []
    for output, scale in ((activation, 1.0), (type(activation)(), 0.5)):
        network = Network(NetworkSpec((3,), (Dense(4, output),), CategoricalCrossEntropy()))
        parameters = scale * network.initial_parameters(np.random.default_rng(3), np.float64)
        gradients = np.zeros(network.trainable)
        plan = Plan(network, 8, parameters, gradients, training=True)
        plan.rows[...], plan.targets[...] = rows, targets
        plan.forward()
        plan.backward()
        found.append((plan.loss(), scale * gradients))
    assert found[0][0] == pytest.approx(found[1][0])
    np.testing.assert_allclose(found[0][1], found[1][1], atol=1e-12)


def test_three_separate_sigmoids_are_not_shares():
    network = Network(NetworkSpec((2,), (Dense(3, Sigmoid()),)))
    values = predict(network, np.arange(9.0) / 3, np.random.default_rng(0).normal(size=(50, 2)))
    assert np.ptp(values.sum(axis=1)) > 0.5
