"""The script of a beginners' article on handwritten digits, mended: only its imports name another package."""

import os

import numpy as np
import pytest

from nnplayground.data.datasets.generated_digits import GeneratedDigits
from nnplayground.data.sources import MNIST, Source
from nnplayground.keras import optimizers, utils

SCRIPT = """
import numpy as np
from nnplayground.keras.datasets import mnist
from nnplayground.keras.models import Sequential
from nnplayground.keras.layers import Dense, Activation
from nnplayground.keras.utils import to_categorical

(X_train, y_train), (X_test, y_test) = mnist.load_data()
X_train, y_train = X_train[:COUNT], y_train[:COUNT]
X_train = X_train.reshape(X_train.shape[0], 784).astype("float32") / 255
X_test = X_test.reshape(X_test.shape[0], 784).astype("float32") / 255
y_train = to_categorical(y_train, 10)
y_test = to_categorical(y_test, 10)

model = Sequential()
model.add(Dense(256, input_dim=784))
model.add(Activation("sigmoid"))
model.add(Dense(128))
model.add(Activation("relu"))
model.add(Dense(10))
model.add(Activation("softmax"))

model.compile(optimizer=OPTIMIZER, loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(X_train, y_train, verbose=1, epochs=EPOCHS)
score = model.evaluate(X_test, y_test, verbose=0)
pred = model.predict(X_test[0:10])
answers = np.argmax(pred, axis=1)
"""


def run(count: int, epochs: int, optimizer: str = '"sgd"') -> dict:
    script = SCRIPT.replace("COUNT", str(count)).replace("EPOCHS", str(epochs)).replace("OPTIMIZER", optimizer)
    names: dict = {"optimizers": optimizers}
    exec(script, names)
    return names


@pytest.fixture
def generated(monkeypatch):
    """MNIST's place is taken by generated digits."""
    data = GeneratedDigits(samples=1200).load()

    def images(rows, labels):
        return np.rint(rows * 255).astype(np.uint8).reshape(-1, 28, 28), labels

    pairs = images(data.x_train, data.train_labels), images(data.x_test, data.test_labels)
    monkeypatch.setattr(Source, "load", lambda self: pairs)


def test_the_script_runs(generated, capsys):
    found = run(1200, 3, '"adam"')
    assert found["model"].count_params() == 235_146
    loss, accuracy = found["score"]
    assert 0 < loss < 1.5 and accuracy > 0.6
    assert found["pred"].shape == (10, 10) and np.allclose(found["pred"].sum(axis=1), 1, atol=1e-5)
    assert found["answers"].shape == (10,)
    assert "38/38 ━━━━━━━━━━━━━━━━━━━━" in capsys.readouterr().out


def test_mnist_that_is_not_here_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setenv("NNPLAYGROUND_DATA_DIR", str(tmp_path))
    with pytest.raises(Exception, match="nnplayground download mnist"):
        run(10, 1)


@pytest.mark.skipif(
    "NNPLAYGROUND_DATA_DIR" not in os.environ or bool(MNIST.missing()),
    reason="NNPLAYGROUND_DATA_DIR has no mnist folder",
)
@pytest.mark.parametrize(
    ("optimizer", "shares"),
    [
        ('"sgd"', {1: 0.619, 2: 0.700, 5: 0.839, 10: 0.878}),
        ("optimizers.SGD(learning_rate=0.1)", {1: 0.790, 2: 0.885, 5: 0.895}),
        ('"adam"', {1: 0.888, 2: 0.911, 5: 0.929}),
    ],
)
def test_real_digits_are_read_as_well_as_reported(optimizer, shares):
    """Share of right answers after so many epochs on 10,000 digits, measured elsewhere with the same settings."""
    utils.set_random_seed(1)
    found = run(10_000, 1, optimizer)
    assert found["X_train"].dtype == np.float32
    model, done, reached = found["model"], 1, {}
    for epochs in shares:
        if epochs > done:
            model.fit(found["X_train"], found["y_train"], verbose=0, epochs=epochs - done)
            done = epochs
        reached[epochs] = model.evaluate(found["X_test"], found["y_test"], verbose=0)[1]
    assert reached == pytest.approx(shares, abs=0.03)
