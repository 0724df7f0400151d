"""Forward passes worked out on paper: the 2-3-2-2 network of the article, and the textbook's 2-2-3."""

import math

import numpy as np
import pytest

from nnplayground.data.datasets.three_classes import ThreeClasses
from nnplayground.engine.activations import Activation
from nnplayground.engine.activations.identity import Identity
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.layers.reshape import Reshape
from nnplayground.engine.losses.cross_entropy import CategoricalCrossEntropy
from nnplayground.engine.losses.mean_squared_error import MeanSquaredError
from nnplayground.engine.metrics import accuracy
from nnplayground.engine.network import Network, NetworkSpec
from nnplayground.engine.plan import Plan, predict
from nnplayground.text import Problem

W = ([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]], [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]], [[0.1, 0.2], [0.3, 0.4]])
B = ([0.1, 0.2, 0.3], [0.1, 0.2], [0.1, 0.2])
X = [[1.0, 0.5]]


def article(hidden: Activation, output: Activation) -> tuple[Network, np.ndarray]:
    """The network with its printed weights, (out, in), and biases."""
    layers = (Dense(3, hidden), Dense(2, hidden), Dense(2, output))
    network = Network(NetworkSpec((2,), layers, MeanSquaredError()))
    parameters = np.zeros(network.size)
    for views, w, b in zip(network.views(parameters), W, B, strict=True):
        views["W"][...], views["b"][...] = w, b
    return network, parameters


def test_every_number_that_the_article_prints():
    network, parameters = article(Sigmoid(), Identity())
    plan = Plan(network, 1, parameters)
    plan.rows[...] = X
    plan.forward()
    sums = [[0.3, 0.7, 1.1], [0.51615984, 1.21402696], [0.31682708, 0.69627909]]
    values = [[0.57444252, 0.66818777, 0.75026011], [0.62624937, 0.77101070], [0.31682708, 0.69627909]]
    for layer in range(3):
        np.testing.assert_allclose(plan.pre_activations(layer)[:, 0], sums[layer], rtol=0, atol=1e-8)
        np.testing.assert_allclose(plan.activations(layer)[:, 0], values[layer], rtol=0, atol=1e-8)


def test_the_shapes_that_the_article_prints():
    network, parameters = article(Sigmoid(), Identity())
    shapes = [(views["W"].shape, views["b"].shape) for views in network.views(parameters)]
    assert shapes == [((3, 2), (3,)), ((2, 3), (2,)), ((2, 2), (2,))]
    assert network.shapes == [(2,), (3,), (2,), (2,)]
    assert [network.parameter_count(i) for i in range(3)] == [9, 8, 6]


def test_the_digit_model_has_235146_parameters():
    layers = (Dense(256, Sigmoid()), Dense(128, ReLU()), Dense(10, Softmax()))
    network = Network(NetworkSpec((784,), layers))
    assert [network.parameter_count(i) for i in range(3)] == [200_960, 32_896, 1_290]
    assert network.size == network.trainable == 235_146


@pytest.mark.parametrize(
    ("hidden", "output", "y"),
    [
        (Sigmoid(), Softmax(), [0.40625907, 0.59374093]),
        (ReLU(), Identity(), [0.426, 0.912]),
        (Identity(), Identity(), [0.426, 0.912]),
    ],
    ids=["softmax head", "relu", "linear"],
)
def test_other_heads_and_activations(hidden, output, y):
    network, parameters = article(hidden, output)
    np.testing.assert_allclose(predict(network, parameters, X)[0], y, rtol=0, atol=1e-8)


def test_rectified_units_that_are_all_awake_hand_on_their_sums():
    network, parameters = article(ReLU(), Identity())
    plan = Plan(network, 1, parameters)
    plan.rows[...] = X
    plan.forward()
    for layer, values in enumerate(([0.3, 0.7, 1.1], [0.6, 1.33], [0.426, 0.912])):
        np.testing.assert_allclose(plan.activations(layer)[:, 0], values, rtol=0, atol=1e-12)
        np.testing.assert_array_equal(plan.activations(layer), plan.pre_activations(layer))


def test_linear_layers_collapse_into_one():
    network, parameters = article(Identity(), Identity())
    single = Network(NetworkSpec((2,), (Dense(2),), MeanSquaredError()))
    affine = np.array([[0.12, 0.156, 0.228], [0.262, 0.34, 0.48]]).ravel()
    x = np.random.default_rng(0).normal(size=(20, 2))
    np.testing.assert_allclose(predict(network, parameters, x), predict(single, affine, x), atol=1e-12)


def test_rows_times_transposed_weights_is_the_same():
    network, parameters = article(Sigmoid(), Identity())
    z = np.array(X)
    for i, (w, b) in enumerate(zip(W, B, strict=True)):
        z = z @ np.array(w).T + b
        z = 1 / (1 + np.exp(-z)) if i < 2 else z
    np.testing.assert_allclose(z, [[0.31682708, 0.69627909]], rtol=0, atol=1e-8)
    np.testing.assert_allclose(predict(network, parameters, X), z, rtol=0, atol=1e-14)


def test_a_row_for_each_unit_with_the_bias_as_its_last_column_is_how_parameters_lie():
    rows = [np.column_stack([w, b]) for w, b in zip(W, B, strict=True)]
    assert [row.shape for row in rows] == [(3, 3), (2, 4), (2, 3)]
    network, parameters = article(Sigmoid(), Identity())
    flat = np.concatenate([row.ravel() for row in rows])
    np.testing.assert_array_equal(flat, parameters)
    np.testing.assert_allclose(predict(network, flat, X), [[0.31682708, 0.69627909]], rtol=0, atol=1e-8)


def test_the_textbook_network_with_all_ones():
    data = ThreeClasses().load()
    network = Network(NetworkSpec((2,), (Dense(2, Sigmoid()), Dense(3, Softmax()))))
    plan = Plan(network, 2, np.ones(15))
    plan.rows[...] = data.x_train[:2]
    plan.targets[...] = np.eye(3)[data.train_labels[:2]]
    plan.forward()
    # The input is stored in single precision.
    np.testing.assert_allclose(plan.pre_activations(0)[0], [1.72359839, -1.12079826], atol=1e-7)
    np.testing.assert_allclose(plan.activations(0)[1], [0.84859175, 0.24586324], atol=1e-7)
    np.testing.assert_allclose(plan.pre_activations(1)[2], [2.6971835, 1.49172649], atol=1e-7)
    np.testing.assert_allclose(plan.outputs, 1 / 3, atol=1e-15)
    assert plan.loss() == pytest.approx(math.log(3), abs=1e-8)


def certain(x: np.ndarray) -> np.ndarray:
    """The true shares of the three classes at points (samples, 2) of the textbook's data."""
    means = np.array([[-0.5, -0.5], [0.5, 1.0], [1.0, -0.5]])
    spreads = np.array([[0.7, 0.7], [0.8, 0.3], [0.3, 0.8]])
    z = (x[:, None] - means) / spreads
    density = np.array([0.4, 0.4, 0.2]) * np.exp(-0.5 * (z**2).sum(axis=2)) / spreads.prod(axis=1)
    return density / density.sum(axis=1, keepdims=True)


def test_the_best_possible_answer_on_the_textbook_data_is_not_perfect():
    data = ThreeClasses().load()
    assert np.bincount(data.train_labels).tolist() == [30, 44, 26]
    assert np.bincount(data.test_labels).tolist() == [46, 38, 16]
    assert accuracy(certain(data.x_test), data.test_labels) == pytest.approx(0.94)
    many = ThreeClasses(samples=20_000, seed=2).load()
    shares = certain(np.concatenate([many.x_train, many.x_test]).astype(float))
    labels = np.concatenate([many.train_labels, many.test_labels])
    assert accuracy(shares, labels) == pytest.approx(0.8986, abs=0.006)
    assert CategoricalCrossEntropy().value(shares.T, np.eye(3)[labels].T) == pytest.approx(0.2711, abs=0.01)


@pytest.mark.parametrize(
    ("shape", "layers", "words"),
    [
        ((1, 28, 28), (Dense(256),), "Layer 1: Dense gets 1×28×28 but needs a flat input"),
        ((784,), (Dense(10), Reshape(1, 28, 28)), "Layer 2: Reshape gets 10 but needs 784 values for 1×28×28"),
    ],
)
def test_a_layer_that_does_not_fit_is_named_with_both_shapes(shape, layers, words):
    with pytest.raises(Problem, match=words):
        Network(NetworkSpec(shape, layers))


def test_flattening_and_reshaping_give_back_the_image():
    network = Network(NetworkSpec((2, 3, 4), (Flatten(), Reshape(2, 3, 4)), MeanSquaredError()))
    image = np.random.default_rng(0).normal(size=(5, 2, 3, 4))
    np.testing.assert_array_equal(predict(network, np.zeros(0), image.reshape(5, -1)).reshape(image.shape), image)
