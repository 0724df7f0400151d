"""A small classifier and samples for it."""

import numpy as np

from nnplayground import keras
from nnplayground.keras import layers, optimizers

RNG = np.random.default_rng(0)
X = RNG.normal(size=(90, 2)).astype(np.float32)
Y = (X[:, 0] * X[:, 1] > 0).astype(int)


def classifier(
    units=2, activation="softmax", loss="sparse_categorical_crossentropy", seed=1, metrics=("accuracy",), **how
):
    hidden = layers.Dense(8, activation="tanh", **how)
    model = keras.Sequential([keras.Input((2,)), hidden, layers.Dense(units, activation=activation, **how)], seed=seed)
    model.compile(optimizer=optimizers.SGD(0.3), loss=loss, metrics=list(metrics))
    return model


def same(a, b) -> bool:
    return all(np.array_equal(x, y) for x, y in zip(a.get_weights(), b.get_weights(), strict=True))
