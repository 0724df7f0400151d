"""Dropout and batch normalization: what they do in training, and that they are still in inference."""

import numpy as np
import pytest

from nnplayground.engine.layers.activation_layer import ActivationLayer
from nnplayground.engine.layers.batch_normalization import BatchNormalization
from nnplayground.engine.layers.dropout import Dropout
from nnplayground.engine.losses.mean_squared_error import MeanSquaredError
from nnplayground.engine.network import Network, NetworkSpec
from nnplayground.engine.plan import Plan, predict

ROWS = np.array([[1.0, 2.0], [3.0, 6.0], [5.0, 10.0]])


def trained_once(layer, rows: np.ndarray) -> tuple[Network, np.ndarray, Plan]:
    """`layer` alone after one forward pass in training."""
    network = Network(NetworkSpec(rows.shape[1:], (layer,), MeanSquaredError()))
    parameters = network.initial_parameters(np.random.default_rng(0), np.float64)
    plan = Plan(network, len(rows), parameters, np.zeros(network.trainable), training=True)
    plan.rows[...] = rows.reshape(len(rows), -1)
    plan.forward()
    return network, parameters, plan


def test_normalization_brings_each_unit_to_mean_0_and_spread_1():
    _, _, plan = trained_once(BatchNormalization(epsilon=1e-12), ROWS)
    np.testing.assert_allclose(plan.outputs, [[-1.22474487, 0, 1.22474487]] * 2, atol=1e-8)


def test_an_image_is_normalized_by_channel():
    images = np.random.default_rng(0).normal(3, 5, (8, 2, 4, 4))
    _, _, plan = trained_once(BatchNormalization(epsilon=1e-12), images)
    values = plan.outputs.reshape(2, -1)
    np.testing.assert_allclose(values.mean(axis=1), 0, atol=1e-12)
    np.testing.assert_allclose(values.std(axis=1), 1, atol=1e-9)


def test_inference_uses_the_running_statistics():
    network, parameters, plan = trained_once(BatchNormalization(momentum=0.9), ROWS)
    (views,) = network.views(parameters)
    np.testing.assert_allclose(views["moving_mean"], 0.1 * ROWS.mean(axis=0))
    np.testing.assert_allclose(views["moving_variance"], 0.9 + 0.1 * ROWS.var(axis=0))
    for _ in range(300):
        plan.forward()
    before = parameters.copy()
    np.testing.assert_allclose(predict(network, parameters, ROWS), plan.outputs.T, atol=1e-9)
    single = predict(network, parameters, ROWS[:1])
    np.testing.assert_allclose(single, plan.outputs.T[:1], atol=1e-9)
    np.testing.assert_array_equal(parameters, before)


def test_running_statistics_are_kept_with_the_parameters_but_not_learnt():
    network, _, _ = trained_once(BatchNormalization(), ROWS)
    assert (network.trainable, network.size) == (4, 8)
    assert network.parameter_count(0) == 4


@pytest.mark.parametrize("rate", [0.2, 0.5, 0.9])
def test_dropout_silences_its_share_and_makes_up_for_it(rate):
    rows = np.ones((200, 100))
    network, parameters, plan = trained_once(Dropout(rate), rows)
    values, counts = np.unique(plan.outputs, return_counts=True)
    np.testing.assert_allclose(values, [0, 1 / (1 - rate)])
    assert counts[0] / plan.outputs.size == pytest.approx(rate, abs=0.02)
    first = plan.outputs.copy()
    plan.forward()
    assert (plan.outputs != first).any()
    np.testing.assert_array_equal(predict(network, parameters, rows), rows)


def test_dropout_hands_the_gradient_to_those_that_were_awake():
    network, _, plan = trained_once(Dropout(0.5), np.ones((4, 50)))
    given = Plan(network, 4, np.zeros(0), np.zeros(0), training=True, to_input=True, rng=np.random.default_rng(0))
    given.rows[...] = 1
    given.forward()
    given.backward()
    np.testing.assert_allclose(given.input_gradient, given.outputs * given.outputs * 2 / 200)
    assert plan.outputs.any()


def test_an_activation_layer_costs_no_parameters():
    network = Network(NetworkSpec((3,), (ActivationLayer(),)))
    assert network.size == 0
    np.testing.assert_array_equal(predict(network, np.zeros(0), [[-1, 0, 2]]), [[0, 0, 2]])
