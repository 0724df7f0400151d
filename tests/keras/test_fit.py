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


def test_a_schedule_lowers_the_learning_rate_within_epochs():
    still, slower = classifier(metrics=()), classifier(metrics=())
    slower.compile(
        optimizers.SGD(optimizers.schedules.ExponentialDecay(0.3, 3, 1e-3)), "sparse_categorical_crossentropy"
    )
    still.fit(X, Y, verbose=0)
    slower.fit(X, Y, verbose=0)
    assert not same(still, slower)
    before = slower.get_weights()[0]
    slower.fit(X, Y, verbose=0)
    assert np.allclose(before, slower.get_weights()[0], atol=1e-3)


def test_long_gradients_are_cut_to_the_length_that_is_given():
    model = keras.Sequential([keras.Input((1,)), layers.Dense(1)])
    model.set_weights([[[0.0]], [0.0]])
    model.compile(optimizers.SGD(1.0, global_clipnorm=0.1), "mse")
    model.fit([[100.0]], [[50.0]], verbose=0)
    assert np.linalg.norm([w.item() for w in model.get_weights()]) == pytest.approx(0.1, rel=1e-4)


def test_early_stopping_keeps_the_best_weights():
    model = classifier()
    rates = callbacks.LearningRateScheduler(lambda epoch: 0.3 if epoch < 5 else 9.0)
    stop = callbacks.EarlyStopping("loss", patience=3, restore_best_weights=True)
    history = model.fit(X, Y, epochs=100, batch_size=5, verbose=0, callbacks=[rates, stop])
    seen = history.history["loss"]
    assert stop.stopped_epoch == len(seen) - 1 == stop.best_epoch + 3 and min(seen) == seen[stop.best_epoch]
    again = classifier()
    again.fit(X, Y, epochs=stop.best_epoch + 1, batch_size=5, verbose=0, callbacks=[rates])
    assert same(model, again)


def test_the_learning_rate_can_change_between_epochs():
    model = classifier()
    plateau = callbacks.ReduceLROnPlateau("loss", factor=0.5, patience=1, min_delta=10)
    model.fit(X, Y, epochs=4, verbose=0, callbacks=[plateau])
    assert model.optimizer.learning_rate == pytest.approx(0.3 / 8)
    fixed = classifier()
    fixed.fit(X, Y, epochs=1, verbose=0)
    fixed.optimizer.learning_rate = 1e-6
    before = fixed.get_weights()[0]
    fixed.fit(X, Y, epochs=1, verbose=0)
    assert np.allclose(fixed.get_weights()[0], before, atol=1e-4)


def test_callbacks_are_told_everything_in_order():
    told = []

    class Tell(callbacks.Callback):
        def on_train_begin(self, logs=None):
            told.append(("begin", self.params["epochs"], self.params["steps"]))

        def on_epoch_end(self, epoch, logs=None):
            told.append((epoch, sorted(logs)))
            self.model.stop_training = epoch == 1

        def on_train_end(self, logs=None):
            told.append("end")

    classifier().fit(X, Y, epochs=5, batch_size=45, verbose=0, callbacks=[Tell()])
    assert told == [("begin", 5, 2), (0, ["accuracy", "loss"]), (1, ["accuracy", "loss"]), "end"]


def test_a_callback_can_stop_within_an_epoch_and_the_next_fit_begins_one():
    model = classifier()

    def stop(batch, logs):
        model.stop_training = batch == 1

    model.fit(X, Y, batch_size=10, verbose=0, callbacks=[callbacks.LambdaCallback(on_train_batch_end=stop)])
    assert model._compiled.trainer.step_count == 2
    model.fit(X, Y, batch_size=10, verbose=0)
    assert model._compiled.trainer.step_count == 11


def test_the_best_model_is_saved(tmp_path):
    model = classifier()
    save = callbacks.ModelCheckpoint(tmp_path / "{epoch}.keras", "loss", save_best_only=True)
    model.fit(X, Y, epochs=3, verbose=0, callbacks=[save])
    assert (tmp_path / "1.keras").exists()
    assert same(keras.models.load_model(tmp_path / "3.keras"), model)


def test_watching_what_is_not_measured_says_what_to_do():
    with pytest.raises(InputProblem, match="validation_data"):
        classifier().fit(X, Y, verbose=0, callbacks=[callbacks.EarlyStopping()])


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


IMAGES = np.zeros((8, 28, 28), np.uint8)
LABELS = np.arange(8)


def digits(loss="categorical_crossentropy"):
    model = keras.Sequential([layers.Dense(16, input_dim=784), layers.Dense(10, activation="softmax")])
    model.compile(optimizer="sgd", loss=loss)
    return model


def fitted(*given, **how):
    return classifier().fit(X, Y, verbose=0, callbacks=given, **how)


def pictures(shape):
    return keras.Sequential([keras.Input(shape), layers.Flatten(), layers.Dense(1)])


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (lambda: digits().fit(IMAGES, LABELS), "x = x.reshape(len(x), 784)"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), LABELS), "y = to_categorical(y, 10)"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), LABELS), 'loss="sparse_categorical_crossentropy"'),
        (
            lambda: digits("sparse_categorical_crossentropy").fit(IMAGES.reshape(8, 784), np.eye(10)[:8]),
            "y.argmax(axis=1)",
        ),
        (lambda: digits("sparse_categorical_crossentropy").fit(IMAGES.reshape(8, 784), LABELS + 5), "0 to 9"),
        (lambda: digits("sparse_categorical_crossentropy").fit(IMAGES.reshape(8, 784), LABELS / 2), "class number"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), np.eye(5)[[0] * 8]), "5"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), np.eye(10)[:7]), "8 samples"),
        (lambda: digits().predict(IMAGES[0].ravel(), verbose=0), "x[None]"),
        (lambda: digits().predict(np.zeros((3, 5)), verbose=0), "784"),
        (lambda: digits().predict(digits(), verbose=0), "model.predict(x)"),
        (lambda: digits().predict(["a"], verbose=0), "numbers"),
        (lambda: digits().predict([[1, 2], [3]], verbose=0), "equally long"),
        (lambda: digits().predict(IMAGES[0].ravel().tolist(), verbose=0), "np.array(x)[None]"),
        (lambda: digits().predict(IMAGES[0], verbose=0), "x.reshape((1, 784))"),
        (lambda: digits().predict(IMAGES.reshape(8, 784), LABELS), "model.evaluate(x, y)"),
        (lambda: digits().predict(3.0), "np.array([x])"),
        (lambda: digits().predict(np.array([["1", "2"]])), 'np.array(x).astype("float32")'),
        (lambda: digits().predict(np.array([[1, 2.5]], dtype=object)), 'np.array(x).astype("float32")'),
        (lambda: digits().predict(i for i in range(3)), "np.array([...])"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), ["cat"] * 8), "np.unique(y, return_inverse=True)"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), np.array(["cat"] * 8, object)), "np.unique(y"),
        (lambda: digits().fit(IMAGES.reshape(8, 784)), "y is missing"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), validation_split=0.2), "y is missing"),
        (lambda: digits().fit([[1, 2], [3]], [0, 1], validation_split=0.5), "equally long"),
        (lambda: digits().fit((i for i in range(3)), validation_split=0.5), "np.array([...])"),
        (lambda: digits().fit(3, 3, validation_split=0.5), "np.array([x])"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), LABELS, validation_split="0.2"), "'0.2'"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), LABELS[:5], validation_split=0.2), "8 samples, but y has 5"),
        (lambda: digits("mse").fit(IMAGES.reshape(8, 784), LABELS), "y = to_categorical(y, 10)"),
        (lambda: digits("bce").fit(IMAGES.reshape(8, 784), LABELS), 'loss="sparse_categorical_crossentropy"'),
        (lambda: digits("mse").fit(IMAGES.reshape(8, 784), IMAGES), "set its units to 784"),
        (lambda: pictures((28, 28)).predict(IMAGES[0]), "x[None]"),
        (lambda: pictures((28, 28, 1)).predict(IMAGES[0].tolist()), "np.array(x)[None]"),
        (lambda: pictures((28, 28, 1)).predict(IMAGES[0].ravel()), "x.reshape((1, 28, 28, 1))"),
        (lambda: pictures((28, 28, 1)).predict(IMAGES.reshape(8, 784)), "x.reshape((-1, 28, 28, 1))"),
        (lambda: pictures((8, 6, 3)).predict(np.zeros((5, 3, 8, 6))), "x.transpose(0, 2, 3, 1)"),
        (lambda: pictures((8, 6, 3)).predict(np.zeros((3, 8, 6))), "x.transpose(1, 2, 0)[None]"),
        (lambda: digits().fit(np.zeros((0, 784)), np.zeros((0, 10))), "at least one"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), np.eye(10)[:8], validation_data=IMAGES), "pair"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), np.eye(10)[:8], validation_split=1.0), "validation_split"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), np.eye(10)[:8], steps_per_epoch=3), "steps_per_epoch"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), np.eye(10)[:8], sample_weight=[1, 2]), "8 samples"),
        (lambda: digits().fit(IMAGES.reshape(8, 784), np.eye(10)[:8], callbacks=[3]), "callbacks"),
        (lambda: fitted(callbacks.LearningRateScheduler(lambda epoch: None)), "schedule(0) is None"),
        (lambda: callbacks.LearningRateScheduler(0.1), "function"),
        (lambda: callbacks.ReduceLROnPlateau(factor=2), "below 1"),
        (lambda: fitted(callbacks.ModelCheckpoint("{val_loss:.2f}.keras")), "validation_data"),
        (lambda: callbacks.ModelCheckpoint("m.keras", save_weights_only=True), "save_weights_only=False"),
        (lambda: fitted(epochs="5"), "epochs is '5'; give a whole number"),
        (lambda: fitted(epochs=5.0), "epochs is 5.0"),
        (lambda: fitted(epochs=None), "epochs is None"),
        (lambda: fitted(batch_size="32"), "batch_size is '32'"),
        (lambda: fitted(batch_size=0), "batch_size is 0; give a whole number, at least 1"),
        (lambda: fitted(initial_epoch=-1), "initial_epoch"),
        (lambda: fitted(validation_freq=0), "validation_freq"),
        (lambda: fitted(validation_split="0.2"), "validation_split is '0.2'"),
        (lambda: classifier().fit([[1, 2], [3]], Y, validation_split=0.5), "x must be an array of numbers"),
        (lambda: classifier().fit(X, 3, validation_split=0.5), "y is a single number"),
        (lambda: classifier().fit(X, Y, verbose=None), "verbose is None"),
        (lambda: classifier().evaluate(X, Y, batch_size=1.5, verbose=0), "evaluate: batch_size"),
        (lambda: classifier().predict(X, steps=3), "steps"),
        (lambda: optimizers.SGD("fast"), "learning_rate is 'fast'; give a number"),
        (lambda: optimizers.SGD(None), "learning_rate is None"),
        (lambda: optimizers.SGD(0.1, global_clipnorm="x"), "global_clipnorm"),
        (lambda: optimizers.SGD(ema_momentum=0.9), "ema_momentum"),
        (lambda: optimizers.schedules.ExponentialDecay(0.1, 0, 0.5), "decay_steps is 0; give a number above 0"),
        (lambda: optimizers.schedules.CosineDecay("x", 1), "initial_learning_rate"),
        (lambda: classifier(metrics=[3]), "metric"),
        (lambda: classifier().compile("sgd", "mse", metrics={"accuracy"}), "metric"),
        (lambda: keras.Sequential([layers.Dense(1)]).fit(X, Y), "compile"),
        (lambda: digits().compile("sgd"), "loss"),
        (lambda: digits().compile("sgd", "mse", nonsense=3), "nonsense"),
        (lambda: classifier(1, "softmax", "categorical_crossentropy").fit(X, Y), "binary_crossentropy"),
        (lambda: classifier(loss=losses.CategoricalCrossentropy(from_logits=True)).fit(X, np.eye(2)[Y]), "from_logits"),
    ],
)
def test_a_mistake_is_answered_with_what_to_write(action, words):
    with pytest.raises(InputProblem) as caught:
        action()
    assert words in caught.value.text.en and len(caught.value.text.en) < 320
    assert re.search("[ぁ-ん]", caught.value.text.ja)


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


def rates_of(model, **how):
    """The learning rate of each step of a `fit`, as the trainer has it."""
    seen = []
    note = callbacks.LambdaCallback(on_train_batch_begin=lambda *_: seen.append(model._compiled.trainer.learning_rate))
    model.fit(X, Y, verbose=0, callbacks=[note], **how)
    return seen


def scheduled(schedule):
    model = classifier(metrics=())
    model.compile(optimizers.SGD(schedule), "sparse_categorical_crossentropy")
    return model


@pytest.mark.parametrize(
    ("schedule", "rate"),
    [
        (optimizers.schedules.ExponentialDecay(0.1, 2, 0.5, staircase=True), lambda step: 0.1 * 0.5 ** (step // 2)),
        (optimizers.schedules.ExponentialDecay(0.1, 100, 0.5), lambda step: 0.1 * 0.5 ** (step / 100)),
        (optimizers.schedules.ExponentialDecay(0.1, 3, 1.1), lambda step: 0.1 * 1.1 ** (step / 3)),
        (optimizers.schedules.CosineDecay(0.1, 1), lambda step: 0.1 if step == 0 else 0.0),
    ],
)
def test_a_schedule_counts_steps_whatever_the_batches_are(schedule, rate):
    model = scheduled(schedule)
    seen = rates_of(model, batch_size=9) + rates_of(model, batch_size=15, epochs=2) + rates_of(model, batch_size=1)
    assert seen == pytest.approx([rate(step) for step in range(10 + 12 + 90)])
    assert schedule(7) == pytest.approx(rate(7))
    assert model.optimizer.iterations == 112 and model.optimizer.learning_rate == pytest.approx(rate(112))
    with pytest.raises(InputProblem, match="schedule"):
        model.optimizer.learning_rate = 0.1


def test_a_schedule_of_ones_own_is_asked_for_each_step():
    class Halves(optimizers.schedules.LearningRateSchedule):
        def __call__(self, step):
            return 0.5**step

    assert rates_of(scheduled(Halves()), batch_size=30) == [1, 0.5, 0.25]


def test_any_learning_rate_can_be_set():
    model = classifier(metrics=())
    model.optimizer.learning_rate = 20.0
    seen = []
    rates = callbacks.LearningRateScheduler(lambda epoch: 0.1 * 10.0**-epoch)
    note = callbacks.LambdaCallback(on_train_batch_begin=lambda *_: seen.append(model._compiled.trainer.learning_rate))
    model.fit(X, Y, batch_size=90, epochs=9, verbose=0, callbacks=[rates, note])
    assert seen == [0.1 * 10.0**-epoch for epoch in range(9)]
    model.fit(X, Y, batch_size=90, verbose=0, callbacks=[note])
    assert seen[-1] == model.optimizer.learning_rate == 0.1 * 10.0**-8
    model.optimizer.learning_rate = 0.0
    before = model.get_weights()
    model.fit(X, Y, verbose=0)
    assert all(np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True))


def test_a_learning_rate_that_is_set_before_a_step_counts_in_it():
    model, slow = classifier(metrics=()), classifier(metrics=())

    def halve(batch, logs):
        model.optimizer.learning_rate = 0.3 * 0.5**batch

    model.fit(X, Y, batch_size=30, verbose=0, callbacks=[callbacks.LambdaCallback(on_train_batch_begin=halve)])
    slow.compile(optimizers.SGD(optimizers.schedules.ExponentialDecay(0.3, 1, 0.5)), "sparse_categorical_crossentropy")
    slow.fit(X, Y, batch_size=30, verbose=0)
    assert same(model, slow)


def told(callback, **numbers):
    """`callback` after a `fit` whose epochs ended with these numbers."""
    model = classifier(metrics=())

    def put(epoch, logs):
        logs.update({name: values[epoch] for name, values in numbers.items()})

    epochs = len(next(iter(numbers.values())))
    replaced = callbacks.LambdaCallback(on_epoch_end=put)
    callback.history = model.fit(X, Y, epochs=epochs, verbose=0, callbacks=[replaced, callback]).history
    return callback


def test_early_stopping_goes_back_to_the_best_epoch_even_if_no_epoch_reached_the_baseline():
    stop = callbacks.EarlyStopping(patience=3, baseline=0.1, restore_best_weights=True)
    told(stop, val_loss=[1, 0.5, 0.9, 0.9])
    assert (stop.stopped_epoch, stop.best_epoch, stop.best) == (2, 1, 0.5)
    once = classifier(metrics=())
    once.fit(X, Y, epochs=2, verbose=0)
    assert same(stop.model, once)


def test_the_best_number_is_kept_as_it_is():
    assert told(callbacks.EarlyStopping("accuracy", patience=5), accuracy=[0.2, 0.8, 0.4]).best == 0.8


def test_rates_are_in_the_history():
    plateau = told(callbacks.ReduceLROnPlateau("loss", patience=1, min_lr=0.02), loss=[1, 1, 1, 1, 1])
    assert plateau.history["learning_rate"] == pytest.approx([0.3, 0.3, 0.03, 0.02, 0.02])
    plain = told(callbacks.LearningRateScheduler(lambda epoch, rate: rate / 2), loss=[1, 1])
    assert plain.history["learning_rate"] == [0.15, 0.075]


def test_a_plateau_begins_anew_with_each_fit_and_ends_nowhere():
    plateau = callbacks.ReduceLROnPlateau("loss", patience=1)
    for _ in range(2):
        told(plateau, loss=[1] + [2] * 8)
        assert plateau.model.optimizer.learning_rate == pytest.approx(0.3e-8)


def test_a_checkpoint_has_the_arguments_of_keras(tmp_path):
    save = callbacks.ModelCheckpoint(
        tmp_path / "{epoch}.keras", "loss", 0, True, False, "min", "epoch", initial_value_threshold=0.5
    )
    told(save, loss=[0.6, 0.4, 0.7])
    assert [path.name for path in tmp_path.iterdir()] == ["2.keras"]


def test_functions_are_given_by_place_too():
    seen = []
    hooks = callbacks.LambdaCallback(lambda epoch, logs: seen.append("begin"), lambda epoch, logs: seen.append("end"))
    classifier().fit(X, Y, verbose=0, callbacks=hooks)
    assert seen == ["begin", "end"]


def test_a_fault_in_a_persons_own_schedule_is_told_as_it_is():
    def schedule(epoch, lr):
        return None + lr

    with pytest.raises(TypeError, match="NoneType"):
        classifier().fit(X, Y, verbose=0, callbacks=callbacks.LearningRateScheduler(schedule))


def test_callbacks_are_told_of_evaluation_and_of_answers_too():
    seen = []

    class Tell(callbacks.Callback):
        def on_test_begin(self, logs=None):
            seen.append("test")

        def on_test_end(self, logs=None):
            seen.append(sorted(logs))

        def on_batch_end(self, batch, logs=None):
            seen.append(batch)

        def on_predict_end(self, logs=None):
            seen.append(self.params["steps"])

    model = classifier()
    model.fit(X, Y, batch_size=45, verbose=0, validation_data=(X, Y), callbacks=Tell())
    assert seen == [0, 1, "test", ["accuracy", "loss"]]
    seen.clear()
    model.evaluate(X, Y, verbose=0, callbacks=[Tell()])
    model.predict(X, verbose=0, callbacks=[Tell()])
    assert seen == ["test", ["accuracy", "loss"], 3]


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


def test_optimizers_have_the_names_of_keras():
    kinds = [optimizers.SGD, optimizers.Adam, optimizers.RMSprop]
    assert [kind().name for kind in kinds] == ["SGD", "adam", "rmsprop"]
    assert optimizers.schedules.CosineDecay(0.1, 5, 0.0, "mine").name == "mine"
