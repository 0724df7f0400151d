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
def test_a_script_prints_the_accuracy_that_the_window_shows(activation, loss, name, monkeypatch):
    monkeypatch.setattr(keras.utils, "_seed", [])  # the script sets it
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


YES, NO = [[0.0, 1.0]], [[1.0, 0.0]]


@pytest.mark.parametrize(
    ("loss", "t", "y", "value"),
    [("categorical_crossentropy", YES, NO, 16.118), ("categorical_crossentropy", YES, [[1.0, 2.0]], 0.405),
     ("categorical_crossentropy", YES, [[0.2, 0.3]], 0.511), ("categorical_crossentropy", [[1, 1]], [[0.5, 0.5]], 1.386),
     ("sparse_categorical_crossentropy", [1], NO, 16.118), ("sparse_categorical_crossentropy", [[1]], [[1.0, 2.0]], 0.405),
     ("sparse_categorical_crossentropy", 1, [0.2, 0.3], 0.511), ("binary_crossentropy", [[1.0]], [[0.0]], 16.118),
     ("binary_crossentropy", [0], [1.0], 16.118), ("huber", [[0, 1], [0, 0]], [[0.6, 0.4], [0.4, 0.6]], 0.155),
     ("hinge", [[0, 1], [0, 0]], [[0.6, 0.4], [0.4, 0.6]], 1.3), ("hinge", np.uint8([[0]]), [[0.5]], 1.5),
     ("mse", np.zeros((2, 3, 4)), np.full((2, 3, 4), 2.0), 4.0), ("mae", [1, 2], [[1.5], [2.5]], 0.5)],
)  # fmt: skip
def test_a_loss_called_by_itself_has_the_value_of_keras(loss, t, y, value):
    assert losses.get(loss)(t, y) == pytest.approx(value, abs=5e-4)


@pytest.mark.parametrize("far", [50.0, 5_000.0])
def test_logits_may_be_as_large_as_they_like(far):
    assert losses.BinaryCrossentropy(from_logits=True)([[1.0]], [[-far]]) == pytest.approx(far)
    assert losses.CategoricalCrossentropy(from_logits=True)(YES, [[far, 0.0]]) == pytest.approx(far)
    assert losses.SparseCategoricalCrossentropy(from_logits=True)([1], [[far, 0.0]]) == pytest.approx(far)


def test_losses_of_samples_are_weighed_and_put_together_as_asked():
    t, y = [[0.0], [0.0], [0.0]], [[1.0], [2.0], [3.0]]
    assert losses.MeanSquaredError()(t, y, sample_weight=[1.0, 0.5, 0.0]) == pytest.approx((1 + 2) / 3)
    assert losses.MeanSquaredError()(t, y, sample_weight=[[1.0], [0.5], [0.0]]) == pytest.approx((1 + 2) / 3)
    assert losses.MeanSquaredError(reduction="sum")(t, y, 0.5) == pytest.approx(7.0)
    for all_of_them in (None, "none"):
        assert losses.MeanSquaredError(reduction=all_of_them)(t, y).tolist() == [1.0, 4.0, 9.0]


FUNCTIONS = {
    losses.mean_squared_error: [0.02, 0.725], losses.mean_absolute_error: [0.1, 0.85], losses.huber: [0.01, 0.3625],
    losses.hinge: [0.6, 1.35], losses.binary_crossentropy: [0.11157, 1.95601],
    losses.categorical_crossentropy: [0.0, 1.70475],
}  # fmt: skip


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_the_functions_give_the_loss_of_every_sample(function):
    t, y = [[1.0, 0.0], [0.0, 1.0]], [[0.8, 0.0], [0.9, 0.2]]
    assert function(t, y) == pytest.approx(FUNCTIONS[function], abs=1e-5)
    assert losses.get(function).call(t, y).tolist() == function(t, y).tolist()


def test_the_function_for_class_numbers_and_the_arguments_of_functions():
    logits = [[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]]
    assert losses.sparse_categorical_crossentropy([1, 0], logits, from_logits=True) == pytest.approx(
        [1.40761, 1.09861], abs=1e-5
    )
    smoothed = losses.binary_crossentropy([[1.0, 0, 1, 0]], [[0.7, 0.2, 0.6, 0.1]], label_smoothing=0.2)
    assert smoothed == pytest.approx([0.41991], abs=1e-5)
    assert losses.mean_squared_error([0.0, 1.0], [[1.0], [1.0]]).tolist() == [1.0, 0.0]
    assert losses.mean_squared_error([[0.0], [1.0]], [1.0, 1.0]).tolist() == [1.0, 0.0]
    assert losses.huber([[3.0]], [[0.0]], delta=2.0).tolist() == [4.0]


@pytest.mark.parametrize(
    "kind", [kind for kind in vars(losses).values() if isinstance(kind, type) and hasattr(kind, "id")]
)
def test_a_loss_has_a_name_and_keeps_the_one_it_is_given(kind):
    assert kind().name == ("huber_loss" if kind is losses.Huber else kind.id)
    assert kind(name="mine", dtype="float32", reduction="sum_over_batch_size").name == "mine"
    assert kind(name="mine").code() == losses.get(kind.id).code() == f'"{kind.id}"'


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (lambda: losses.MeanSquaredError()([1.0, 2.0], [1.0, 2.0, 5.0]), r"y_true has the shape \(2,\).* \(3,\)"),
        (lambda: losses.MeanSquaredError()(np.zeros((2, 3)), np.zeros((3, 2))), r"\(2, 3\).* \(3, 2\)"),
        (lambda: losses.MeanSquaredError()(["a"], [1.0]), "y_true .*numbers"),
        (lambda: losses.MeanSquaredError()([1.0], [[1.0], [1.0, 2.0]]), "y_pred .*numbers"),
        (lambda: losses.MeanSquaredError()(None, [1.0]), "y_true .*numbers"),
        (lambda: losses.MeanSquaredError()(YES, NO, sample_weight=[1.0, 2.0]), "sample_weight has the shape"),
        (lambda: losses.SparseCategoricalCrossentropy()([1, 1, 1], NO), "y_true has the shape"),
        (lambda: losses.SparseCategoricalCrossentropy()([2], NO), "0 to 1"),
        (lambda: losses.SparseCategoricalCrossentropy()([-1], NO), "0 to 1"),
        (lambda: losses.SparseCategoricalCrossentropy()([0.5], NO), "class numbers"),
        (lambda: losses.SparseCategoricalCrossentropy()([np.nan], NO), "class numbers"),
        (lambda: losses.MeanSquaredError()([], []), "at least one"),
        (lambda: losses.SparseCategoricalCrossentropy()([], np.zeros((0, 3))), "at least one"),
        (lambda: losses.BinaryCrossentropy(label_smoothing="a"), "label_smoothing"),
        (lambda: losses.BinaryCrossentropy(label_smoothing=1.5), "label_smoothing"),
        (lambda: losses.BinaryCrossentropy(reduction="auto"), 'reduction="sum_over_batch_size"'),
        (lambda: losses.Hinge(dtype="float64"), "dtype"),
        (lambda: model(1, None, losses.Hinge(reduction="sum")), "reduction='sum_over_batch_size'"),
    ],
)
def test_what_a_loss_cannot_take_is_answered_with_a_sentence(action, words):
    with pytest.raises(InputProblem, match=words):
        action()


ONE_HOT = np.eye(3)[np.arange(12) % 3]


@pytest.mark.parametrize(
    ("rows", "words"),
    [(np.tile([1.0, 1.0, 0.0], (12, 1)), r"y\[0\] adds to 2,"), (np.vstack([ONE_HOT[:11], np.zeros(3)]), r"y\[11\] adds to 0,"),
     (np.vstack([ONE_HOT[:5], [[0.5, 0.6, 0]], ONE_HOT[:6]]), r"y\[5\] adds to 1.1,"),
     (np.tile([True, True, False], (12, 1)), r"y\[0\] adds to 2,")],
)  # fmt: skip
@pytest.mark.parametrize("act", ["fit", "evaluate"])
def test_labels_of_a_cross_entropy_of_classes_must_add_to_1(rows, words, act):
    found = model(3, "softmax", "categorical_crossentropy")
    with pytest.raises(InputProblem, match=words) as caught:
        getattr(found, act)(X, rows, verbose=0)
    assert "binary_crossentropy" in caught.value.text.en and "binary_crossentropy" in caught.value.text.ja


def test_labels_to_validate_on_must_add_to_1_too():
    with pytest.raises(InputProblem, match=r"y_val\[0\] adds to 0,"):
        model(3, "softmax", "categorical_crossentropy").fit(X, ONE_HOT, verbose=0, validation_data=(X, 0 * ONE_HOT))


@pytest.mark.parametrize("labels", [ONE_HOT, ONE_HOT.astype(np.uint8), ONE_HOT * 0.7 + 0.1, np.full((12, 3), 0.3333)])
@pytest.mark.parametrize("smoothing", [0.0, 0.2])
def test_soft_labels_and_smoothed_ones_are_taken(labels, smoothing):
    found = model(3, "softmax", losses.CategoricalCrossentropy(label_smoothing=smoothing))
    y, t = found.predict(X, verbose=0), labels * (1 - smoothing) + smoothing / 3
    expected = -(t * np.log(y)).sum(axis=1).mean()
    assert found.evaluate(X, labels, verbose=0) == pytest.approx(expected, rel=1e-4)
    assert found.fit(X, labels, batch_size=12, verbose=0).history["loss"] == pytest.approx([expected], rel=1e-3)


@pytest.mark.parametrize(
    ("units", "activation", "loss", "t", "words"),
    [(3, None, "categorical_crossentropy", ONE_HOT, 'softmax".*losses.CategoricalCrossentropy\\(from_logits=True\\)'),
     (3, "relu", "sparse_categorical_crossentropy", ONE_HOT.argmax(1), 'softmax".*losses.SparseCategoricalCrossentropy'),
     (3, "sigmoid", "categorical_crossentropy", ONE_HOT, '"sigmoid".*"softmax"'),
     (1, None, "binary_crossentropy", np.arange(12) % 2, '"sigmoid".*losses.BinaryCrossentropy\\(from_logits=True\\)'),
     (1, "tanh", losses.BinaryCrossentropy(), np.arange(12) % 2, '"tanh".*"sigmoid"')],
)  # fmt: skip
def test_outputs_that_are_no_probabilities_are_warned_of(units, activation, loss, t, words):
    found = model(units, activation, loss)
    with pytest.warns(UserWarning, match=words) as caught:
        found.fit(X, t, verbose=0)
    assert len(caught) == 1 and caught[0].filename == __file__
    assert "from_logits=True" in caught[0].message.text.ja


def test_they_are_warned_of_once():
    found = model(3, "sigmoid", "categorical_crossentropy")
    with pytest.warns(UserWarning, match="softmax"):
        found.fit(X, ONE_HOT, verbose=0)
    found.fit(X, ONE_HOT, verbose=0)  # a warning would be an error here


@pytest.mark.parametrize(
    ("units", "activation", "loss", "t"),
    [(3, "softmax", "categorical_crossentropy", ONE_HOT), (3, "softmax", "binary_crossentropy", ONE_HOT),
     (3, "hard_sigmoid", "binary_crossentropy", ONE_HOT), (3, None, "mse", ONE_HOT), (1, "tanh", "hinge", np.arange(12) % 2),
     (3, None, losses.CategoricalCrossentropy(from_logits=True), ONE_HOT)],
)  # fmt: skip
def test_outputs_that_suit_their_loss_are_not_warned_of(units, activation, loss, t):
    model(units, activation, loss).fit(X, t, verbose=0)  # a warning would be an error here
