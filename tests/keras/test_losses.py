"""Losses and metrics have the numbers that Keras gives, called by themselves and in `fit` and `evaluate`."""

import numpy as np
import pytest

from nnplayground import keras
from nnplayground.engine.activations import activations as engine_activations
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.losses import losses as engine_losses
from nnplayground.keras import layers, losses, metrics, optimizers, script
from nnplayground.keras.problems import InputProblem
from nnplayground.storage import ready_made
from nnplayground.training.trainer import Trainer

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


@pytest.mark.parametrize("loss", ["mse", "binary_crossentropy"])
def test_accuracy_goes_by_the_number_of_outputs_and_not_by_the_loss(loss):
    found, t = model(3, "sigmoid", loss, ["accuracy"]), RNG.integers(0, 2, (12, 3))
    y = found.predict(X, verbose=0)
    expected = (y.argmax(axis=1) == t.argmax(axis=1)).mean()
    assert found.evaluate(X, t, verbose=0)[1] == pytest.approx(expected)
    assert found.fit(X, t, batch_size=12, verbose=0).history["accuracy"] == pytest.approx([expected])


@pytest.mark.parametrize("name", ["accuracy", "acc", "binary_accuracy", metrics.BinaryAccuracy(threshold=0.5)])
@pytest.mark.parametrize("t", [np.full(12, 25.3), np.where(np.arange(12) % 2, 1, -1), np.arange(12) % 2])
def test_accuracy_of_one_output_asks_whether_the_label_is_the_class(name, t):
    found = model(1, None, "mse", [name])
    y = found.predict(X, verbose=0)[:, 0]
    assert 0 < (y > 0.5).sum() < 12
    assert found.evaluate(X, t, verbose=0)[1] == pytest.approx(((y > 0.5) == t).mean())


def test_the_class_accuracy_asks_for_equal_numbers():
    found = metrics.Accuracy()
    t, y = np.array([[1.0, 0.0], [0.5, 2.0]]), np.array([[1.0, 0.1], [0.5, 2.0]])
    assert found.name == "accuracy" and found.measure(t, y).tolist() == [0.5, 1.0]


@pytest.mark.parametrize(
    ("activation", "loss", "name"),
    [("tanh", "hinge", "circle"), ("identity", "mean_squared_error", "circle"), ("sigmoid", "binary_crossentropy", "circle"),
     ("sigmoid", "binary_crossentropy", "three-classes"), ("softmax", "categorical_crossentropy", "three-classes")],
)  # fmt: skip
def test_a_script_prints_the_accuracy_that_the_window_shows(activation, loss, name, capsys):
    experiment = ready_made.load(name)
    units = 1 if name == "circle" else 3
    last = Dense(units, engine_activations[activation]())
    experiment = experiment.replace(
        layers=(*experiment.layers[:-1], last), loss=engine_losses[loss](), weights="", epochs=1
    )
    made = {}
    exec(script(experiment), made)
    printed = made["model"].evaluate(made["x_test"], made["y_test"], verbose=0, return_dict=True)
    trainer = Trainer(experiment, experiment.load_data())
    trainer.steps(trainer.steps_per_epoch)
    assert printed["accuracy"] == pytest.approx(trainer.evaluate(limit=None).test_accuracy)
