import math
import os
import re
import subprocess
import sys
import tracemalloc

import numpy as np
import pytest

from nnplayground import keras
from nnplayground.keras import callbacks, layers, losses, optimizers, regularizers
from nnplayground.keras.problems import InputProblem
from nnplayground.training import threads
from nnplayground.training.trainer import Trainer
from tests.keras.classifier import RNG, X, Y, classifier, same


def test_a_model_learns_and_tells_how():
    model = classifier()
    history = model.fit(X, Y, epochs=60, batch_size=10, verbose=0, validation_data=(X, Y))
    assert list(history.history) == ["accuracy", "loss", "val_accuracy", "val_loss"]
    assert history.epoch == list(range(60)) and len(history.history["loss"]) == 60
    assert history.history["accuracy"][-1] > 0.93 and history.history["loss"][-1] < history.history["loss"][0]
    loss, accuracy = model.evaluate(X, Y, verbose=0)
    assert (loss, accuracy) == (history.history["val_loss"][-1], history.history["val_accuracy"][-1])
    assert model.evaluate(X, Y, verbose=0, return_dict=True) == {"loss": loss, "accuracy": accuracy}


def test_without_metrics_evaluate_gives_the_loss_alone():
    assert isinstance(classifier(metrics=()).evaluate(X, Y, verbose=0), float)


def test_the_loss_of_an_epoch_is_the_mean_over_its_samples_as_they_were_seen():
    model, losses_seen, sizes = classifier(metrics=()), [], []

    def note(batch, logs):
        sizes.append(min(40, 90 - 40 * batch))
        losses_seen.append(logs["loss"])

    history = model.fit(X, Y, batch_size=40, verbose=0, callbacks=[callbacks.LambdaCallback(on_train_batch_end=note)])
    assert sizes == [40, 40, 10] and history.history["loss"] == [losses_seen[-1]]
    other = classifier(metrics=())
    assert other.fit(X, Y, batch_size=40, verbose=0).history["loss"] == pytest.approx(
        history.history["loss"], rel=1e-12
    )
    assert same(model, other)


def test_metrics_and_callbacks_do_not_change_what_is_learnt():
    plain, watched = classifier(metrics=()), classifier()
    plain.fit(X, Y, epochs=3, verbose=0)
    watched.fit(X, Y, epochs=3, verbose=0, callbacks=callbacks.LambdaCallback(on_train_batch_end=lambda *_: None))
    assert same(plain, watched)


def test_one_call_for_two_epochs_is_two_calls_for_one():
    once, twice = classifier(), classifier()
    once.compile("adam", "sparse_categorical_crossentropy")
    twice.compile("adam", "sparse_categorical_crossentropy")
    once.fit(X, Y, epochs=2, verbose=0)
    twice.fit(X, Y, verbose=0)
    twice.fit(X.copy(), Y.copy(), verbose=0)
    assert same(once, twice)


def test_other_data_goes_on_with_the_state_of_the_optimizer():
    model = classifier()
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(X, Y, verbose=0)
    before = model._compiled.trainer.step_count
    model.fit(X[:50] + 1, Y[:50], verbose=0)
    assert model._compiled.trainer.step_count == before + 2
    assert all(state.any() for state in model._compiled.trainer.state)


def test_data_changed_in_place_is_noticed():
    one, other, x = classifier(), classifier(), X.copy()
    one.fit(x, Y, verbose=0)
    other.fit(x, Y, verbose=0)
    before = one.get_weights()
    x += 5
    one.fit(x, Y, verbose=0)
    other.fit(X, Y, verbose=0)
    assert not same(one, other) and not np.array_equal(before[0], one.get_weights()[0])


@pytest.mark.parametrize("features", [2, 1_000], ids=["batches side by side", "batch by batch"])
def test_an_array_that_serves_as_it_is_teaches_the_same_as_one_that_must_be_copied(features):
    x = RNG.normal(size=(90, features)).astype(np.float32)
    taught = []
    for samples in (x, np.asfortranarray(x), x.astype(np.float64)):
        model = keras.Sequential([layers.Dense(2, activation="softmax", input_dim=features)], seed=1)
        model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy")
        model.fit(samples, Y, epochs=2, batch_size=20, verbose=0)
        taught.append(model)
    assert same(taught[0], taught[1]) and same(taught[0], taught[2])


def test_samples_are_not_kept_twice():
    x = np.zeros((20_000, 100), np.float32)
    model = keras.Sequential([layers.Dense(1, input_dim=100)])
    model.compile(optimizer="sgd", loss="mse")
    tracemalloc.start()
    try:
        model.fit(x, np.zeros(20_000), batch_size=500, verbose=0)
        assert tracemalloc.get_traced_memory()[1] < x.nbytes / 2
    finally:
        tracemalloc.stop()


def test_without_shuffling_samples_come_as_they_are():
    model = classifier(metrics=())
    model.fit(X, Y, batch_size=30, verbose=0, shuffle=False)
    by_hand = classifier(metrics=())
    for start in (0, 30, 60):
        by_hand.fit(X[start : start + 30], Y[start : start + 30], batch_size=30, verbose=0, shuffle=False)
    assert all(np.allclose(a, b, atol=1e-6) for a, b in zip(model.get_weights(), by_hand.get_weights(), strict=True))


def test_a_split_validates_on_the_last_samples():
    history = classifier().fit(X, Y, verbose=0, validation_split=0.2).history
    model = classifier()
    model.fit(X[:72], Y[:72], verbose=0)
    assert history["val_loss"] == [model.evaluate(X[72:], Y[72:], verbose=0)[0]]


def test_ways_of_writing_the_same_task_learn_the_same():
    one_hot = keras.utils.to_categorical(Y, 2)
    models = [classifier(), classifier(loss="categorical_crossentropy")]
    logits = losses.SparseCategoricalCrossentropy(from_logits=True)
    models.append(classifier(activation=None, loss=logits))
    for model, labels in zip(models, (Y, one_hot, Y.reshape(-1, 1)), strict=True):
        model.fit(X, labels, verbose=0, epochs=3)
    assert same(models[0], models[1]) and same(models[0], models[2])
    results = [m.evaluate(X, y, verbose=0) for m, y in zip(models, (Y, one_hot, Y), strict=True)]
    assert results[0] == results[1] == results[2]
    assert np.allclose(
        keras.activations.softmax(models[2].predict(X, verbose=0)), models[0].predict(X, verbose=0), atol=1e-6
    )


def test_two_classes_can_share_one_output():
    models = [
        classifier(1, "sigmoid", "binary_crossentropy"),
        classifier(1, None, losses.BinaryCrossentropy(from_logits=True)),
    ]
    for model in models:
        assert model.fit(X, Y, epochs=80, batch_size=10, verbose=0).history["accuracy"][-1] > 0.9
    assert same(*models)


def test_regularizers_shrink_weights_and_act_on_the_whole_model():
    sizes = []
    for penalty in (None, regularizers.L2(0.05), "l1"):
        model = classifier(kernel_regularizer=penalty)
        model.fit(X, Y, epochs=30, verbose=0)
        sizes.append(np.abs(model.get_weights()[0]).sum())
    assert sizes[1] < sizes[0] and sizes[2] < sizes[0]
    model = keras.Sequential([keras.Input((2,)), layers.Dense(3, kernel_regularizer="l2"), layers.Dense(1)])
    model.compile("sgd", "mse")
    with pytest.raises(InputProblem, match="same kernel_regularizer"):
        model.fit(X, Y, verbose=0)


def test_l2_has_the_slope_that_keras_gives_it():
    model = keras.Sequential([keras.Input((1,)), layers.Dense(1, kernel_regularizer=regularizers.L2(0.1))])
    model.set_weights([[[3.0]], [0.0]])
    model.compile(optimizers.SGD(0.5), "mse")
    model.fit([[0.0]], [[0.0]], verbose=0)
    assert model.get_weights()[0][0, 0] == pytest.approx(3 - 0.5 * 2 * 0.1 * 3)


def test_weights_of_samples_and_of_classes_count_as_often_seen_samples_do():
    twice, weighted, by_class = (classifier(metrics=()) for _ in range(3))
    twice.fit(np.concatenate([X, X[Y == 1]]), np.concatenate([Y, Y[Y == 1]]), batch_size=200, verbose=0)
    share = len(Y) / (len(Y) + Y.sum())
    weighted.fit(X, Y, batch_size=200, verbose=0, sample_weight=(1 + Y) * share)
    by_class.fit(X, Y, batch_size=200, verbose=0, class_weight={0: share, 1: 2 * share})
    for model in (weighted, by_class):
        pairs = zip(model.get_weights(), twice.get_weights(), strict=True)
        assert all(np.allclose(a, b, atol=1e-6) for a, b in pairs)
    weights = RNG.random(len(Y))
    parts = [twice.evaluate(X[i : i + 1], Y[i : i + 1], verbose=0) for i in range(len(Y))]
    assert twice.evaluate(X, Y, verbose=0, sample_weight=weights) == pytest.approx(np.mean(parts * weights), rel=1e-5)


def test_long_gradients_are_cut_to_the_length_that_is_given():
    model = keras.Sequential([keras.Input((1,)), layers.Dense(1)])
    model.set_weights([[[0.0]], [0.0]])
    model.compile(optimizers.SGD(1.0, global_clipnorm=0.1), "mse")
    model.fit([[100.0]], [[50.0]], verbose=0)
    assert np.linalg.norm([w.item() for w in model.get_weights()]) == pytest.approx(0.1, rel=1e-4)


@pytest.mark.parametrize(("verbose", "lines"), [(0, 0), (1, 6), ("auto", 6), (2, 6)])
def test_progress_is_printed_as_keras_prints_it(capsys, verbose, lines):
    classifier().fit(X, Y, epochs=3, verbose=verbose, validation_data=(X, Y))
    out = capsys.readouterr().out
    assert out.count("\n") == lines
    if lines:
        line = out.splitlines()[1]
        number = r"\d\.\d{4}"
        assert re.match(r"3/3 (━{20}|-) \d+s", line) and out.startswith("Epoch 1/3\n")
        assert re.search(rf"accuracy: {number} - loss: {number} - val_accuracy: {number} - val_loss: {number}$", line)


def test_on_a_terminal_the_bar_moves(capsys, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("nnplayground.keras.progress.PAUSE", 0.0)  # a fast machine is done before the first one ends
    classifier(metrics=()).fit(np.tile(X, (100, 1)), np.tile(Y, 100), batch_size=2, verbose=1)
    out = capsys.readouterr().out
    assert out.count("\r") > 2 and "━" in out and out.endswith("\n")


def test_numbers_that_explode_are_an_error_and_the_weights_stay_finite():
    model = keras.Sequential([keras.Input((1,)), layers.Dense(1)])
    model.compile(optimizers.SGD(10), "mse")
    with pytest.raises(InputProblem, match="learning rate"):
        model.fit([[100.0]] * 10, [[1.0]] * 10, epochs=50, batch_size=1, verbose=0)
    assert all(np.isfinite(w).all() for w in model.get_weights())


@pytest.mark.parametrize("value", [np.nan, np.inf])
@pytest.mark.parametrize("where", ["x", "y"])
def test_a_sample_that_is_no_number_is_named(value, where):
    arrays = {"x": np.ones((5, 2)), "y": np.ones((5, 1))}
    arrays[where][3] = value
    model = keras.Sequential([keras.Input((2,)), layers.Dense(1)])
    model.compile("sgd", "mse")
    with pytest.raises(InputProblem, match=rf"{where}\[3\] .*nan_to_num\({where}\)"):
        model.fit(**arrays, verbose=0)
    model = classifier()
    with pytest.raises(InputProblem, match=r"y\[1\]"):
        model.fit(X[:2], [0, value], verbose=0)


def test_a_list_of_one_array_is_that_array():
    model = classifier()
    model.fit([X], Y, verbose=0, validation_split=0.5)
    assert np.array_equal(model.predict([X], verbose=0), model.predict(X, verbose=0))
    assert model.evaluate([X], Y, verbose=0) == model.evaluate(X, Y, verbose=0)
    assert model.predict([X[0]], verbose=0).shape == (1, 2)
    assert keras.Sequential([layers.Dense(3)]).predict([X], verbose=0).shape == (len(X), 3)


def test_fit_adds_no_work_to_a_step(monkeypatch):
    calls, steps = [], Trainer.steps
    monkeypatch.setattr(Trainer, "steps", lambda self, count: (calls.append(count), steps(self, count))[1])
    classifier(metrics=()).fit(X, Y, epochs=2, batch_size=10, verbose=0)
    assert calls == [9, 9]


IN_A_SCRIPT = """
import numpy, threadpoolctl
from nnplayground import keras
seen = set()
def look(*_):
    seen.update(pool["num_threads"] for pool in threadpoolctl.threadpool_info() if pool["user_api"] == "blas")
model = keras.Sequential([keras.layers.Dense(1, input_dim=1)])
model.compile("sgd", "mse")
model.fit([[1.0]], [[1.0]], verbose=0, callbacks=keras.callbacks.LambdaCallback(on_epoch_end=look))
print(*seen)
"""


def test_a_script_learns_with_as_many_threads_as_the_window():
    free = {name: value for name, value in os.environ.items() if name not in threads.VARIABLES}
    done = subprocess.run([sys.executable, "-c", IN_A_SCRIPT], env=free, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= {str(threads.count())}


def test_images_and_labels_of_bytes_are_taken():
    model = keras.Sequential([keras.Input((4, 4, 1)), layers.Flatten(), layers.Dense(3, activation="softmax")])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    x, y = RNG.integers(0, 255, (20, 4, 4), np.uint8), RNG.integers(0, 3, 20).astype(np.uint8)
    history = model.fit(x, y, epochs=2, verbose=0).history
    assert math.isfinite(history["loss"][-1])
    assert model.predict(x.tolist(), verbose=0).shape == (20, 3)


@pytest.mark.parametrize(
    ("last", "loss", "target"),
    [
        (layers.Dense(1, activation="sigmoid"), "binary_crossentropy", [0]),
        (layers.Dense(1), losses.BinaryCrossentropy(from_logits=True), [0]),
        (layers.Dense(2, activation="softmax"), "sparse_categorical_crossentropy", [1]),
    ],
    ids=["sigmoid", "logits", "softmax"],
)
def test_a_very_sure_wrong_answer_costs_the_same_in_fit_and_evaluate(last, loss, target):
    model = keras.Sequential([keras.Input((1,)), last])
    model.compile(optimizer=optimizers.SGD(1e-6), loss=loss)
    weights = np.zeros((1, last.units))
    weights[0, 0] = 120
    model.set_weights([weights, np.zeros(last.units)])
    first = model.fit(np.ones((1, 1)), np.array(target), verbose=0).history["loss"][0]
    assert first == pytest.approx(120)
    assert model.evaluate(np.ones((1, 1)), np.array(target), verbose=0) == pytest.approx(120, rel=1e-5)


def test_numbers_of_numpy_serve_as_numbers():
    model = classifier()
    model.compile(
        optimizers.Adam(np.float32(0.01), beta_1=np.float32(0.5), ema_momentum=0.99),
        "sparse_categorical_crossentropy", metrics=keras.metrics.SparseCategoricalAccuracy(),
    )  # fmt: skip
    split = np.float32(0.5)
    history = model.fit(X, Y, epochs=np.int64(1), batch_size=np.int64(16), validation_split=split, verbose=np.int64(0))
    assert "sparse_categorical_accuracy" in history.history and model.optimizer.iterations == 3


def test_validation_can_be_after_certain_epochs():
    history = classifier().fit(X, Y, epochs=4, verbose=0, validation_data=(X, Y), validation_freq=[1, 3]).history
    assert len(history["loss"]) == 4 and len(history["val_loss"]) == 2
