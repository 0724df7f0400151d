import numpy as np
import pytest

from nnplayground.engine.activations import activations as engine_activations
from nnplayground.engine.initializers import initializers as engine_initializers
from nnplayground.engine.losses import losses as engine_losses
from nnplayground.engine.optimizers import optimizers as engine_optimizers
from nnplayground.keras import activations, initializers, layers, losses, metrics, optimizers, regularizers, utils
from nnplayground.keras.optimizers import schedules
from nnplayground.keras.problems import InputProblem
from nnplayground.training.experiment import Experiment


def test_activations_can_be_called_on_arrays_of_any_shape():
    assert activations.relu(-3.0) == 0
    assert np.allclose(activations.softmax([1.0, 2.0, 3.0]), [0.09003057, 0.24472847, 0.66524096])
    rows = activations.softmax(np.array([[1, 2, 3], [3, 2, 1]]))
    assert np.allclose(rows.sum(axis=1), 1) and np.allclose(rows[0], rows[1][::-1])
    assert np.allclose(activations.leaky_relu([-1.0, 1.0]), [-0.2, 1.0])


@pytest.mark.parametrize(
    "name", ["relu", "swish", "ReLU", "linear", None, activations.tanh, layers.ELU(alpha=0.5), "step"]
)
def test_an_activation_is_meant_by_a_name_a_function_or_a_layer(name):
    assert activations.get(name).entry.id in engine_activations


def test_every_activation_of_the_engine_has_source_that_means_it():
    for kind in engine_activations.values():
        for entry in (kind(), *(kind(**{o.name: o.choices[-1]}) for o in kind.options() if o.choices)):
            code = activations.of(entry).code()
            assert activations.get(eval(code, {"activations": activations})).entry == entry


@pytest.mark.parametrize(
    ("name", "id", "options"),
    [
        ("sgd", "sgd", {"learning_rate": 0.01}),
        ("SGD", "sgd", {"learning_rate": 0.01}),
        ("adam", "adam", {"learning_rate": 0.001, "beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7}),
        (optimizers.SGD(0.5, momentum=0.9), "momentum", {"learning_rate": 0.5, "momentum": 0.9}),
        (optimizers.Adam, "adam", {"learning_rate": 0.001}),
        (optimizers.SGD(nesterov=True, momentum=0.5), "nesterov", {"learning_rate": 0.01, "momentum": 0.5}),
        ("rmsprop", "rmsprop", {"learning_rate": 0.001, "rho": 0.9, "epsilon": 1e-7}),
        ("Adagrad", "adagrad", {"learning_rate": 0.001, "start": 0.1, "epsilon": 1e-7}),
        ("adadelta", "adadelta", {"learning_rate": 0.001, "rho": 0.95, "epsilon": 1e-7}),
        ("adamw", "adamw", {"learning_rate": 0.001, "decay": 0.004, "beta_1": 0.9}),
        ("nadam", "nadam", {"learning_rate": 0.001, "beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7}),
    ],
)
def test_optimizers_have_the_defaults_of_keras(name, id, options):
    found = optimizers.get(name)
    assert found.entry.id == id
    for option, value in options.items():
        assert (found.learning_rate if option == "learning_rate" else getattr(found.entry, option)) == value


def other_options(kind):
    """An entry whose options are not as they are by default."""
    return kind(**{o.name: (o.default + (o.high or 1)) / 2 for o in kind.options() if o.type is float})


@pytest.mark.parametrize("id", engine_optimizers)
def test_every_optimizer_of_the_engine_has_source_that_means_it(id):
    for entry in (engine_optimizers[id](), other_options(engine_optimizers[id])):
        for decay in (0.0, 0.25):
            found = eval(optimizers.of(entry, 0.125, decay).code(), {"optimizers": optimizers})
            assert (found.entry, found.learning_rate, found.weight_decay) == (entry, 0.125, decay)


@pytest.mark.parametrize("id", engine_initializers)
def test_every_initializer_of_the_engine_has_source_that_means_it(id):
    for entry in (engine_initializers[id](), other_options(engine_initializers[id])):
        code = initializers.of(entry).code()
        assert initializers.get(eval(code, {"initializers": initializers})).entry == entry


@pytest.mark.parametrize("id", engine_losses)
def test_every_loss_of_the_engine_has_source_that_means_it(id):
    for entry in (engine_losses[id](), other_options(engine_losses[id])):
        assert losses.get(eval(losses.of(entry).code(), {"losses": losses})).entry == entry


@pytest.mark.parametrize(
    ("name", "spread"),
    [("zeros", 0), ("ones", 0), (initializers.Constant(3), 0), (initializers.RandomUniform(-0.6, 0.6), 0.6 / 3**0.5),
     ("random_uniform", 0.05 / 3**0.5), ("random_normal", 0.05), ("he_uniform", (2 / 50) ** 0.5), ("lecun_normal", 50**-0.5)],
)  # fmt: skip
def test_initializers_have_the_spread_of_keras(name, spread):
    drawn = initializers.get(name).entry.draw(np.random.default_rng(0), (200, 50), 50, 200)
    assert drawn.std() == pytest.approx(spread, rel=0.05, abs=1e-9)


@pytest.mark.parametrize(
    ("schedule", "step", "rate"),
    [(schedules.ExponentialDecay(0.4, 100, 0.5), 150, 0.4 * 0.5**1.5), (schedules.CosineDecay(0.4, 200, 0.1), 100, 0.22),
     (schedules.ExponentialDecay(0.4, 100, 0.5, staircase=True), 150, 0.2), (schedules.CosineDecay(0.4, 200), 900, 0.0)],
)  # fmt: skip
def test_schedules_count_in_steps(schedule, step, rate):
    optimizer = optimizers.SGD(schedule)
    in_window = optimizer.in_window(Experiment(), 25)
    assert in_window.learning_rate * in_window.schedule.factor(step / 25) == pytest.approx(rate)
    assert schedule(step) == pytest.approx(rate)
    again = eval(optimizer.code(), {"optimizers": optimizers})
    assert again.in_window(Experiment(), 25) == in_window


@pytest.mark.parametrize(
    ("name", "id"),
    [("mse", "mean_squared_error"), ("mean_squared_error", "mean_squared_error"), ("MeanSquaredError", "mean_squared_error"),
     ("categorical_crossentropy", "categorical_crossentropy"), ("binary_crossentropy", "binary_crossentropy"),
     ("sparse_categorical_crossentropy", "categorical_crossentropy")],
)  # fmt: skip
def test_losses_have_the_names_of_keras(name, id):
    assert losses.get(name).entry.id == id


def test_losses_can_be_called_on_arrays():
    assert losses.get("mse")([[0, 1], [0, 0]], [[1, 1], [1, 0]]) == pytest.approx(0.5)
    y = [[0.05, 0.95, 0.0], [0.1, 0.8, 0.1]]
    assert losses.CategoricalCrossentropy()([[0, 1, 0], [0, 0, 1]], y) == pytest.approx(1.1769, abs=1e-4)
    assert losses.SparseCategoricalCrossentropy()([1, 2], y) == pytest.approx(1.1769, abs=1e-4)
    logits = losses.BinaryCrossentropy(from_logits=True)([[0.0], [1.0]], [[-18.6], [0.51]])
    assert logits == pytest.approx(0.2350, abs=1e-3)


def test_label_smoothing_softens_the_targets():
    loss = losses.CategoricalCrossentropy(label_smoothing=0.3)
    assert np.allclose(loss.smoothed(np.eye(3)[:1]), [[0.8, 0.1, 0.1]])


@pytest.mark.parametrize(
    ("name", "value"),
    [("accuracy", 0.5), ("acc", 0.5), ("categorical_accuracy", 0.5), ("binary_accuracy", 4 / 6), ("mae", 1.2 / 3),
     ("mse", (0.16 + 0.01 + 0.25 + 0.04 + 0.49 + 0.25) / 6), (metrics.TopKCategoricalAccuracy(2), 1.0)],
)  # fmt: skip
def test_metrics_are_means_over_samples(name, value):
    t, y = np.array([[1.0, 0, 0], [0, 0, 1]]), np.array([[0.6, 0.1, 0.5], [0.2, 0.7, 0.5]])
    assert metrics.get(name).measure(t, y).mean() == pytest.approx(value)


@pytest.mark.parametrize(
    ("get", "wrong"),
    [(activations.get, "nope"), (activations.get, 3), (optimizers.get, "nope"), (losses.get, "nope"), (losses.get, None),
     (initializers.get, "nope"), (metrics.get, "nope"), (regularizers.get, "nope")],
)  # fmt: skip
def test_unknown_names_are_refused_with_those_there_are(get, wrong):
    with pytest.raises(InputProblem) as caught:
        get(wrong)
    assert repr(wrong) in caught.value.text.en and repr(wrong) in caught.value.text.ja


def test_the_old_name_of_the_learning_rate_is_explained():
    with pytest.raises(ValueError, match="learning_rate=0.1 instead of lr=0.1"):
        optimizers.SGD(lr=0.1)


def test_to_categorical_makes_one_hot_rows():
    assert utils.to_categorical([2, 0]).tolist() == [[0, 0, 1], [1, 0, 0]]
    assert utils.to_categorical([[1], [0]], 2).tolist() == [[0, 1], [1, 0]]
    assert utils.to_categorical(np.uint8([7]), 10)[0, 7] == 1 and utils.to_categorical([], 3).shape == (0, 3)


@pytest.mark.parametrize(("labels", "classes"), [([0, 3], 3), ([-1], 3), ([0.5], None)])
def test_to_categorical_refuses_what_is_no_class(labels, classes):
    with pytest.raises(InputProblem):
        utils.to_categorical(labels, classes)


def test_activations_take_the_arguments_of_keras():
    x = np.array([-3.0, -1.0, -0.5, 0.0, 0.5, 1.0, 3.0])
    assert np.allclose(activations.relu(x, negative_slope=0.1), np.where(x > 0, x, 0.1 * x))
    assert np.allclose(activations.relu(x, max_value=2.0), np.clip(x, 0, 2))
    assert np.allclose(activations.relu(x, threshold=0.75), np.where(x > 0.75, x, 0))
    assert np.allclose(activations.relu(x, 0.1, 2.0, 0.5), [-0.35, -0.15, -0.1, -0.05, 0, 1, 2])
    assert np.allclose(activations.leaky_relu(x, negative_slope=0.1), np.where(x > 0, x, 0.1 * x))
    assert np.allclose(activations.elu(x, alpha=0.5), np.where(x > 0, x, 0.5 * np.expm1(x)))
    by_tanh = 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
    assert np.allclose(activations.gelu(x, approximate=True), by_tanh, atol=1e-12)
    assert not np.allclose(activations.gelu(x), by_tanh, atol=1e-5)


@pytest.mark.parametrize("axis", [0, 1, 2, -1, -2])
def test_softmax_goes_along_the_axis_that_is_given(axis):
    x = np.random.default_rng(0).normal(size=(2, 3, 4))
    assert np.allclose(activations.softmax(x, axis=axis), np.exp(x) / np.exp(x).sum(axis=axis, keepdims=True))


@pytest.mark.parametrize("x", ["a", ["a", "b"], [[1.0], [1.0, 2.0]], None, {"a": 1}])
@pytest.mark.parametrize("function", [activations.relu, activations.softmax, activations.tanh, activations.elu])
def test_activations_of_what_is_no_array_of_numbers_are_refused(function, x):
    with pytest.raises(InputProblem, match="x .*numbers"):
        function(x)


@pytest.mark.parametrize(
    "name",
    ["GlorotUniform", "GlorotNormal", "HeUniform", "HeNormal", "LecunUniform", "LecunNormal", "Zeros", "Ones", "Constant",
     "RandomNormal", "RandomUniform", "Orthogonal"],
)  # fmt: skip
def test_initializers_have_the_names_of_their_classes_too(name):
    assert initializers.get(name).entry == getattr(initializers, name)().entry


@pytest.mark.parametrize(
    ("labels", "classes", "words"),
    [(["a", "b"], None, "numbers"), ([0, 1], "3", "num_classes"), ([0, 1], 3.0, "num_classes"), ([0, 1], 0, "num_classes"),
     ([[0], [1, 2]], None, "numbers"), (None, None, "numbers"), ([np.nan], None, "whole numbers"),
     ([np.inf], 3, "whole numbers")],
)  # fmt: skip
def test_to_categorical_says_what_it_cannot_take(labels, classes, words):
    with pytest.raises(InputProblem, match=words):
        utils.to_categorical(labels, classes)


@pytest.mark.parametrize(
    ("labels", "classes", "shape"), [(2, None, (3,)), ([True, False], None, (2, 2)), ([0, 1], np.int64(3), (2, 3))]
)
def test_to_categorical_takes_single_labels_and_numbers_of_numpy(labels, classes, shape):
    assert utils.to_categorical(labels, classes).shape == shape


def test_metrics_take_the_arguments_of_keras():
    t, y = np.array([[0.0, 1.0, 0.0]]), np.array([[0.6, 0.3, 0.1]])
    assert metrics.BinaryAccuracy("high", None, 0.9).measure(t, y).tolist() == [pytest.approx(2 / 3)]
    assert metrics.TopKCategoricalAccuracy(2, "top_2", "float32").measure(t, y).tolist() == [1.0]
    for name in ("Accuracy", "BinaryAccuracy", "CategoricalAccuracy", "SparseCategoricalAccuracy", "MeanSquaredError",
                 "MeanAbsoluteError", "TopKCategoricalAccuracy", "SparseTopKCategoricalAccuracy"):  # fmt: skip
        assert getattr(metrics, name)(name="mine", dtype=None).name == "mine"


@pytest.mark.parametrize(
    ("identifier", "name"), [("MeanSquaredError", "mean_squared_error"), ("mse", "mse"), (metrics.Accuracy, "accuracy")]
)
def test_a_metric_is_meant_by_a_name_or_a_class(identifier, name):
    assert metrics.get(identifier).name == name


@pytest.mark.parametrize(
    ("make", "words"),
    [(lambda: metrics.TopKCategoricalAccuracy(k="a"), "k is 'a'"), (lambda: metrics.SparseTopKCategoricalAccuracy(0), "k is 0"),
     (lambda: metrics.BinaryAccuracy(threshold="a"), "threshold is 'a'"), (lambda: metrics.Accuracy(dtype="float64"), "dtype"),
     (lambda: activations.relu(1.0, negative_slope="a"), "negative_slope is 'a'"),
     (lambda: activations.relu(1.0, max_value="a"), "max_value is 'a'"),
     (lambda: activations.leaky_relu(1.0, None), "negative_slope is None")],
)  # fmt: skip
def test_arguments_that_are_no_numbers_are_refused(make, words):
    with pytest.raises(InputProblem, match=words):
        make()


def test_slopes_may_be_numbers_of_numpy():
    assert activations.leaky_relu(-2.0, np.float32(0.5)) == -1 and activations.relu(-2.0, np.float32(0.5)) == -1
    assert activations.elu(-0.0, np.int64(2)) == 0


@pytest.mark.parametrize(
    ("make", "words"),
    [(lambda: regularizers.L1("a"), "l1 is 'a'"), (lambda: regularizers.L2(None), "l2 is None"),
     (lambda: regularizers.L2(float("nan")), "l2 is nan"), (lambda: initializers.Constant("a"), "value is 'a'"),
     (lambda: initializers.RandomUniform("a", 1.0), "minval is 'a'"), (lambda: initializers.Orthogonal(None), "gain is None"),
     (lambda: initializers.RandomNormal(0.0, "a"), "stddev is 'a'"), (lambda: losses.Huber("a"), "delta is 'a'")],
)  # fmt: skip
def test_what_is_no_number_is_refused_by_the_name_of_its_argument(make, words):
    with pytest.raises(InputProblem, match=words):
        make()


def test_numbers_of_numpy_are_numbers():
    half = np.float32(0.5)
    assert losses.Huber(half).entry.delta == 0.5 and losses.Huber(half).code() == "losses.Huber(delta=0.5)"
    assert initializers.Constant(half).code() == "initializers.Constant(value=0.5)"
    assert initializers.RandomNormal(stddev=half).code() == "initializers.RandomNormal(stddev=0.5)"
    assert initializers.RandomUniform(-half, half).code() == "initializers.RandomUniform(minval=-0.5, maxval=0.5)"
    assert initializers.Orthogonal(half).code() == "initializers.Orthogonal(gain=0.5)"
    assert regularizers.L2(half).code() == "regularizers.L1L2(l2=0.5)"


def test_a_regularizer_may_be_given_without_a_call():
    assert (
        regularizers.get(regularizers.l2) == regularizers.L2()
        and regularizers.get(regularizers.L1) == regularizers.L1()
    )
