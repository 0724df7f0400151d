"""Losses and metrics have the numbers that Keras gives, called by themselves and in `fit` and `evaluate`."""

import numpy as np
import pytest

from nnplayground import keras
from nnplayground.keras import layers, losses, optimizers

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
