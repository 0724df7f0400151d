"""Losses and metrics have the numbers that Keras gives, called by themselves and in `fit` and `evaluate`."""

import numpy as np
import pytest

from nnplayground import keras
from nnplayground.keras import layers, losses, optimizers
from nnplayground.keras.problems import InputProblem

RNG = np.random.default_rng(0)
X = RNG.normal(size=(12, 3)).astype(np.float32)


def model(units, activation, loss, metrics=()):
    made = keras.Sequential([keras.Input((3,)), layers.Dense(units, activation=activation)], seed=1)
    made.compile(optimizers.SGD(1e-6), loss, list(metrics))
    return made


def binary_crossentropy(t, y):
    return -(t * np.log(y) + (1 - t) * np.log(1 - y)).mean(axis=-1)


@pytest.mark.parametrize("rank", [1, 2])
def test_label_smoothing_draws_each_yes_and_no_to_a_half(rank):
    t, y = [[1.0, 0, 1, 0]], [[0.7, 0.2, 0.6, 0.1]]
    loss = losses.BinaryCrossentropy(label_smoothing=0.2)
    assert (loss(t[0], y[0]) if rank == 1 else loss(t, y)) == pytest.approx(0.41991, abs=1e-5)


@pytest.mark.parametrize("units", [1, 2, 5])
def test_label_smoothing_of_several_labels_at_once_in_fit_and_evaluate(units):
    found = model(units, "sigmoid", losses.BinaryCrossentropy(label_smoothing=0.2))
    t = RNG.integers(0, 2, (12, units)).astype(np.float32)
    expected = binary_crossentropy(0.8 * t + 0.1, found.predict(X, verbose=0)).mean()
    assert found.evaluate(X, t, verbose=0) == pytest.approx(expected, rel=1e-5)
    assert found.fit(X, t, batch_size=12, verbose=0).history["loss"] == pytest.approx([expected], rel=1e-5)


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_classes_are_weighed_by_the_labels_as_they_are_given(smoothing):
    found, t = model(1, "sigmoid", losses.BinaryCrossentropy(label_smoothing=smoothing)), np.arange(12) % 2
    each = binary_crossentropy((1 - smoothing) * t[:, None] + smoothing / 2, found.predict(X, verbose=0))
    history = found.fit(X, t, batch_size=12, verbose=0, class_weight={0: 1, 1: 3}).history
    assert history["loss"] == pytest.approx([(each * np.where(t, 3, 1)).mean()], rel=1e-5)


@pytest.mark.parametrize(
    "weights", [[1, 2], "balanced", np.ones(2), {"0": 1.0, "1": 2.0}, {-1: 2.0}, {0: "a"}, {0: None}]
)
def test_weights_of_classes_that_are_no_dictionary_of_numbers_are_refused(weights):
    with pytest.raises(InputProblem, match=r"class_weight.*\{0: 1.0, 1: 2.0\}"):
        model(1, "sigmoid", "binary_crossentropy").fit(X, np.arange(12) % 2, verbose=0, class_weight=weights)


@pytest.mark.parametrize(
    ("activation", "loss"), [("sigmoid", losses.BinaryCrossentropy), ("softmax", losses.CategoricalCrossentropy)]
)
def test_metrics_measure_against_the_labels_as_they_are_given(activation, loss):
    found = model(3, activation, loss(label_smoothing=0.4), ["mse", "mae", "binary_accuracy"])
    t = np.eye(3, dtype=np.float32)[RNG.integers(0, 3, 12)]
    y = found.predict(X, verbose=0)
    expected = [np.square(y - t).mean(), np.abs(y - t).mean(), ((y > 0.5) == t).mean()]
    assert found.evaluate(X, t, verbose=0)[1:] == pytest.approx(expected, rel=1e-5)
    history = found.fit(X, t, batch_size=12, verbose=0).history
    names = ("mse", "mae", "binary_accuracy")
    assert [history[name][0] for name in names] == pytest.approx(expected, rel=1e-5)
