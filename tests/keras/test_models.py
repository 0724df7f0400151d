import numpy as np
import pytest

from nnplayground import keras
from nnplayground.keras import layers
from nnplayground.keras.problems import InputProblem
from nnplayground.text import Problem

RNG = np.random.default_rng(0)


def sigmoid(u):
    return 1 / (1 + np.exp(-u))


def test_the_network_of_the_article_has_its_parameters_and_its_table(capsys):
    model = keras.Sequential(name="digits")
    model.add(layers.Dense(256, input_dim=784))
    model.add(layers.Activation("sigmoid"))
    model.add(layers.Dense(128))
    model.add(layers.Activation("relu"))
    model.add(layers.Dense(10))
    model.add(layers.Activation("softmax"))
    assert model.count_params() == 235_146
    model.summary()
    table = capsys.readouterr().out
    assert 'Model: "digits"' in table and "200,960" in table and "(None, 128)" in table
    assert "Total params: 235,146 (918.54 KB)" in table
    assert len({len(line) for line in table.splitlines()[1:-3]}) == 1


def test_weights_are_kernels_of_inputs_by_units_and_a_forward_pass_uses_them():
    model = keras.Sequential([keras.Input(shape=(2,)), layers.Dense(3, activation="sigmoid"), layers.Dense(2)])
    assert [w.shape for w in model.get_weights()] == [(2, 3), (3,), (3, 2), (2,)]
    weights = [RNG.normal(size=w.shape).astype(np.float32) for w in model.get_weights()]
    model.set_weights(weights)
    x = RNG.normal(size=(5, 2)).astype(np.float32)
    by_hand = sigmoid(x @ weights[0] + weights[1]) @ weights[2] + weights[3]
    assert np.allclose(model.predict(x, verbose=0), by_hand, atol=1e-5)
    assert all(np.array_equal(a, b) for a, b in zip(weights, model.get_weights(), strict=True))


def test_the_kernels_of_the_article_are_its_weights_transposed_and_give_its_numbers():
    weights = [[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]], [[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]], [[0.1, 0.3], [0.2, 0.4]]
    biases = [0.1, 0.2, 0.3], [0.1, 0.2], [0.1, 0.2]
    given = [np.array(a, np.float32) for pair in zip(weights, biases, strict=True) for a in pair]
    model = keras.Sequential(
        [keras.Input((2,)), *(layers.Dense(n, activation="sigmoid") for n in (3, 2)), layers.Dense(2)]
    )
    model.set_weights(given)
    assert all(np.array_equal(a, b) for a, b in zip(given, model.get_weights(), strict=True))
    found = model.predict(np.array([[1.0, 0.5]]), verbose=0)
    np.testing.assert_allclose(found, [[0.31682708, 0.69627909]], rtol=0, atol=2e-7)


def test_normalization_and_slopes_after_an_image_are_ordered_as_keras_orders_them():
    model = keras.Sequential([
        keras.Input((2, 2, 3)), layers.Flatten(), layers.BatchNormalization(), layers.PReLU(), layers.Dense(1)
    ])  # fmt: skip
    gamma, beta, mean, variance, slope, kernel, bias = model.get_weights()
    assert [w.shape for w in (gamma, slope, kernel)] == [(12,), (12,), (12, 1)]
    gamma, slope, kernel = np.arange(12.0), np.linspace(0, 1, 12), RNG.normal(size=(12, 1))
    model.set_weights([gamma, beta, mean, variance, slope, kernel, bias])
    x = RNG.normal(size=(3, 2, 2, 3))
    normal = x.reshape(3, -1) / np.sqrt(1.001) * gamma
    assert np.allclose(model.predict(x, verbose=0), np.where(normal > 0, normal, slope * normal) @ kernel, atol=1e-4)


def test_slopes_of_images_are_shared_within_a_channel():
    model = keras.Sequential([
        keras.Input((4, 4, 2)), layers.Conv2D(3, 3), layers.PReLU(shared_axes=[1, 2]), layers.Flatten(), layers.Dense(1)
    ])  # fmt: skip
    assert model.layers[1].get_weights()[0].shape == (1, 1, 3)
    with pytest.raises(InputProblem, match="shared_axes"):
        keras.Sequential([keras.Input((4, 4, 2)), layers.PReLU()])


def test_layers_give_and_take_their_own_weights():
    model = keras.Sequential([keras.Input((2,)), layers.Dense(3, name="first"), layers.ReLU(), layers.Dense(1)])
    first = model.get_layer("first")
    first.set_weights([np.ones((2, 3)), np.zeros(3)])
    assert np.array_equal(model.get_weights()[0], np.ones((2, 3))) and first.count_params() == 9
    assert model.get_layer(index=1).get_weights() == []


def test_the_shape_of_the_input_can_come_with_the_data():
    model = keras.Sequential([layers.Dense(3), layers.Dense(1)])
    assert model.predict(np.ones((4, 7)), verbose=0).shape == (4, 1)
    assert model.input_shape == (None, 7) and model.output_shape == (None, 1)
    model = keras.Sequential([layers.Flatten(input_shape=(28, 28)), layers.Dense(10)])
    assert model.predict(np.zeros((2, 28, 28), np.uint8), verbose=0).shape == (2, 10)
    model = keras.Sequential([layers.Dense(1)])
    model.build((None, 5))
    assert model.count_params() == 6


@pytest.mark.parametrize("shape", [4, (4,), [None, 4], (32, 4), np.int64(4)])
def test_a_shape_to_build_for_may_have_a_batch(shape):
    model = keras.Sequential([layers.Dense(1)])
    model.build(shape)
    assert model.input_shape == (None, 4)


@pytest.mark.parametrize(
    "make",
    [
        lambda: layers.Dense(np.uint8(3)), lambda: layers.Dropout(np.float32(0.5)), lambda: layers.LeakyReLU(np.float32(0.1)),
        lambda: layers.ELU(np.int64(1)), lambda: layers.ReLU(negative_slope=np.float32(0.1)), lambda: layers.PReLU(start=np.float32(0.1)),
        lambda: layers.BatchNormalization(momentum=np.float32(0.9)), lambda: keras.losses.Huber(np.float64(2)),
    ],
)  # fmt: skip
def test_numbers_of_numpy_are_numbers(make):
    assert "np." not in make().code()


def test_images_take_sizes_of_numpy():
    sizes = np.array([2, 3])
    model = keras.Sequential([keras.Input((9, 9, 1)), layers.Conv2D(sizes[0], sizes[1]), layers.MaxPooling2D(sizes[0])])
    assert model.output_shape == (None, 3, 3, 2) and "np." not in "".join(layer.code() for layer in model.layers)


@pytest.mark.parametrize(
    ("rule", "start"),
    [("zeros", 0), (keras.initializers.Zeros(), 0), (keras.initializers.Constant(0.25), 0.25), ("ones", 1)],
)
def test_slopes_start_as_their_initializer_says(rule, start):
    model = keras.Sequential([keras.Input((2,)), layers.PReLU(rule)])
    assert (model.get_weights()[0] == start).all()


def test_adding_and_taking_away_layers_keeps_the_weights_of_the_others():
    model = keras.Sequential([keras.Input((3,)), layers.Dense(4), layers.Dense(2)])
    model.layers[0].set_weights([np.full((3, 4), 7.0), np.zeros(4)])
    model.pop()
    model.add(layers.Dense(5))
    assert [w.shape for w in model.get_weights()] == [(3, 4), (4,), (4, 5), (5,)]
    assert (model.get_weights()[0] == 7).all()


def test_the_seed_decides_the_weights():
    def made():
        return keras.Sequential([keras.Input((9,)), layers.Dense(4, kernel_initializer="he_normal")]).get_weights()[0]

    keras.utils.set_random_seed(5)
    once, other = made(), made()
    keras.utils.set_random_seed(5)
    assert np.array_equal(made(), once) and not np.array_equal(once, other)


def test_first_weights_follow_the_initializer_of_each_layer():
    model = keras.Sequential([
        keras.Input((400,)),
        layers.Dense(300, kernel_initializer="glorot_uniform"),
        layers.Dense(300, kernel_initializer="he_normal"),
        layers.Dense(300, kernel_initializer=keras.initializers.RandomNormal(stddev=0.5)),
    ])  # fmt: skip
    spreads = [layer.get_weights()[0].std() for layer in model.layers]
    assert np.allclose(spreads, [np.sqrt(2 / 700), np.sqrt(2 / 300), 0.5], rtol=0.02)


def test_an_activation_layer_counts_as_a_layer_and_changes_nothing_else():
    together = keras.Sequential([keras.Input((3,)), layers.Dense(4, activation="tanh")], seed=1)
    apart = keras.Sequential([keras.Input((3,)), layers.Dense(4), layers.Activation("tanh")], seed=1)
    x = RNG.normal(size=(5, 3))
    assert np.array_equal(together.predict(x, verbose=0), apart.predict(x, verbose=0))
    assert len(apart.layers) == 2
    twice = keras.Sequential([keras.Input((3,)), layers.Dense(4, activation="tanh"), layers.Activation("relu")], seed=1)
    assert np.array_equal(twice.predict(x, verbose=0), np.maximum(apart.predict(x, verbose=0), 0))


def test_shapes_can_be_changed_on_the_way():
    model = keras.Sequential([
        keras.Input((784,)), layers.Reshape((28, 28, 1)), layers.Conv2D(2, 5, strides=2, padding="same"),
        layers.MaxPooling2D(2), layers.AveragePooling2D((2, 2)), layers.BatchNormalization(), layers.Reshape((-1,)),
        layers.Dense(10, activation="softmax"),
    ])  # fmt: skip
    assert np.allclose(model.predict(RNG.random((3, 784)), verbose=0).sum(axis=1), 1)
    assert model.get_layer(index=3).name.startswith("average_pooling2d")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: keras.Sequential([keras.Input((28, 28, 1)), layers.Dense(3)]), "Flatten"),
        (lambda: keras.Sequential([keras.Input((3,)), layers.Conv2D(3, 3)]), "image"),
        (lambda: keras.Sequential([keras.Input((3, 3, 1)), layers.Conv2D(3, 5)]), "5×5 pixels, but gets (3, 3, 1)"),
        (lambda: keras.Sequential([keras.Input((1, 9, 9)), layers.MaxPooling2D(2)]), "2×2 pixels, but gets (1, 9, 9)"),
        (lambda: keras.Sequential([keras.Input((7,)), layers.Reshape((2, 2, 1))]), "4"),
        (lambda: keras.Sequential([keras.Input((8,)), layers.Reshape((2, 2, 2))]), "channels_first"),
        (lambda: keras.Sequential([layers.Dense(0)]), "units"),
        (lambda: layers.Dense(3, use_bias=False), "use_bias=True"),
        (lambda: layers.Dense(3, nonsense=1), "nonsense"),
        (lambda: layers.Conv2D(3, (3, 5)), "kernel_size"),
        (lambda: layers.Conv2D(3, 3, dilation_rate=2), "dilation_rate"),
        (lambda: layers.MaxPooling2D(2, data_format="channels_first"), "channels_last"),
        (lambda: keras.Input((None, 3)), "batch"),
        (lambda: keras.Sequential([3]), "layers.Dense"),
        (lambda: keras.Sequential([keras.Input((784,)), layers.Conv2D(3, 3)]), "Input(shape=(28, 28, 1))"),
        (lambda: keras.Sequential([keras.Input((784,)), layers.MaxPooling2D()]), "Reshape((28, 28, 1))"),
        (lambda: keras.Sequential([keras.Input((2,)), layers.Dense(1)]).set_weights(None), "2 arrays"),
        (
            lambda: keras.Sequential([keras.Input((2,)), layers.Dense(1)]).set_weights([[[1], [2, 3]], [0]]),
            "(2, 1), (1,)",
        ),
        (lambda: keras.Sequential([keras.Input((2,)), layers.Dense(1)]).set_weights([[["a"], ["b"]], [0]]), "numbers"),
        (lambda: keras.Sequential([keras.Input((2,)), layers.Dense(1)]).layers[0].set_weights(None), "2 arrays"),
        (lambda: keras.Input(4.5), "4.5"),
        (lambda: keras.Sequential(layers.Dense(3)), "list"),
        (lambda: keras.Sequential(layers.Dense(3), layers.Dense(4)), "list"),
        (lambda: keras.Sequential([layers.Dense(3), keras.Input((4,))]), "first"),
        (lambda: keras.Sequential([keras.Input((4,)), keras.Input((4,))]), "first"),
        (lambda: keras.Sequential([layers.Dense(3, name="a"), layers.Dense(3, name="a")]), "two layers"),
        (lambda: keras.Sequential().pop(), "no layer"),
        (lambda: layers.Dense(3)(np.ones((1, 2))), "keras.Sequential"),
        (lambda: keras.Sequential([layers.Dropout(0.5)])(np.ones((1, 2)), training=True), "training=True"),
        (lambda: layers.Conv2D(3, 3.5), "kernel_size=3.5"),
        (lambda: layers.Conv2D(3, "3"), "kernel_size='3'"),
        (lambda: layers.Conv2D(3, (3, 3, 3)), "kernel_size=(3, 3, 3)"),
        (lambda: layers.Conv2D(3, None), "kernel_size=None"),
        (lambda: layers.Conv2D(3, 3, padding=1), 'padding="same"'),
        (lambda: layers.MaxPooling2D(2.5), "pool_size=2.5"),
        (lambda: layers.MaxPooling2D("a"), "pool_size='a'"),
        (lambda: layers.AveragePooling2D(padding=None), 'padding="same"'),
        (lambda: layers.PReLU("he_normal"), "initializers.Constant"),
        (lambda: keras.Sequential().predict(np.ones((1, 1)), verbose=0), "no layer"),
        (lambda: keras.Sequential([layers.Dense(1)]).summary(), "keras.Input"),
        (lambda: layers.Dense(1).get_weights(), "model"),
        (lambda: keras.Sequential([keras.Input((2,)), layers.Dense(1)]).set_weights([1]), "2 arrays"),
        (lambda: keras.Sequential([keras.Input((2,)), layers.Dense(1)]).set_weights([np.ones((1, 2)), [0]]), "(2, 1)"),
        (lambda: keras.Sequential([keras.Input((2,)), layers.Dense(1)]).get_layer("x"), "dense"),
    ],
)
def test_what_cannot_work_is_said_at_once(make, words):
    with pytest.raises(InputProblem) as caught:
        make()
    assert words.lower() in str(caught.value).lower()
    assert isinstance(caught.value, ValueError) and caught.value.text.ja


def test_the_same_layer_twice_is_refused():
    dense = layers.Dense(3)
    with pytest.raises(InputProblem, match="already"):
        keras.Sequential([keras.Input((3,)), dense, dense])


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda m, x: m.predict(m, x), "model.predict(x)"),
        (lambda m, x: m.predict(m, x, batch_size=32, verbose=0), "model.predict(x)"),
        (lambda m, x: m.predict(m, x=x), "model.predict(x)"),
        (lambda m, x: m.evaluate(m, x, x), "model.evaluate(x, y)"),
        (lambda m, x: m.fit(m, x, x, epochs=2), "model.fit(x, y)"),
    ],
)
def test_a_model_that_is_handed_to_itself_is_told_what_to_write(call, words):
    model = keras.Sequential([keras.Input((2,)), layers.Dense(2)])
    model.compile("sgd", "mse")
    with pytest.raises(InputProblem) as caught:
        call(model, np.ones((3, 2)))
    assert words in caught.value.text.en and words in caught.value.text.ja


def test_the_module_of_models_is_named_where_its_name_is_misspelt():
    with pytest.raises(InputProblem, match=r"keras\.models"):
        from nnplayground.keras.model import Sequential  # noqa: F401
    with pytest.raises(InputProblem, match=r"keras\.models"):
        _ = keras.model.Sequential
    assert not hasattr(keras.model, "__warningregistry__")  # tools ask every module for it


def test_layers_of_another_model_come_with_their_weights_and_stay_with_it():
    model = keras.Sequential([keras.Input((4,)), layers.Dense(3, "relu"), layers.Dense(2)])
    x = RNG.normal(size=(5, 4))
    scores = model.predict(x, verbose=0)
    longer = keras.Sequential([*model.layers, layers.Softmax()])
    assert longer.input_shape == (None, 4)
    assert np.allclose(longer.predict(x, verbose=0), keras.activations.softmax(scores), atol=1e-6)
    shorter = keras.Sequential([keras.Input((4,)), *model.layers[:-1], layers.Dense(1)])
    assert np.array_equal(shorter.get_weights()[0], model.get_weights()[0])
    shorter.compile("sgd", "mse")
    shorter.fit(x, np.ones(5), verbose=0)
    trained = shorter.get_weights()[0]
    assert not np.array_equal(trained, model.get_weights()[0])
    shorter.add(layers.ReLU())
    assert np.array_equal(shorter.get_weights()[0], trained)
    assert np.array_equal(model.layers[0].get_weights()[0], model.get_weights()[0])
    assert np.array_equal(model.predict(x, verbose=0), scores)
    shorter.pop()
    with pytest.raises(InputProblem, match=r"\*model\.layers"):
        keras.Sequential([model, layers.Softmax()])


def test_layers_that_are_not_trainable_keep_their_weights(capsys, tmp_path):
    model = keras.Sequential([
        keras.Input((3,)), layers.Dense(4, trainable=False), layers.PReLU(start=0.5), layers.Dense(2), layers.Dense(1)
    ])  # fmt: skip
    model.layers[2].trainable = False
    model.compile("sgd", "mse")
    model.save(tmp_path / "m.keras")
    model = keras.models.load_model(tmp_path / "m.keras")
    before = model.get_weights()
    x, y = RNG.normal(size=(20, 3)), RNG.normal(size=20)
    model.fit(x, y, verbose=0)
    moved = [not np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True)]
    assert moved == [False, False, True, False, False, True, True]
    model.summary()
    assert "Trainable params: 7 " in capsys.readouterr().out
    model.trainable = False
    after = model.get_weights()
    model.fit(x, y, verbose=0)
    assert all(np.array_equal(a, b) for a, b in zip(after, model.get_weights(), strict=True))
    model.layers[2].trainable = True
    model.compile("sgd", "mse")
    model.fit(x, y, verbose=0)
    assert not np.array_equal(model.get_weights()[3], after[3]) and model.trainable
    with pytest.raises(InputProblem, match="trainable=True"):
        layers.BatchNormalization().trainable = False


def test_weights_can_be_read_by_name_and_kept_in_files(tmp_path):
    def made():
        return keras.Sequential([keras.Input((3,)), layers.Dense(4, "relu"), layers.Dense(2)])

    model, same, other = made(), made(), keras.Sequential([keras.Input((3,)), layers.Dense(4)])
    first = model.layers[0]
    assert np.array_equal(first.kernel, model.weights[0]) and np.array_equal(first.bias, first.weights[1])
    model.save_weights(tmp_path / "m.weights.h5")
    same.load_weights(tmp_path / "m.weights.h5")
    assert all(np.array_equal(a, b) for a, b in zip(model.weights, same.weights, strict=True))
    with pytest.raises(Problem, match="another network"):
        other.load_weights(tmp_path / "m.weights.h5")
    with pytest.raises(InputProblem, match="already"):
        model.save_weights(tmp_path / "m.weights.h5", overwrite=False)
    keras.models.save_model(model, tmp_path / "m.keras")
    made().load_weights(tmp_path / "m.keras")
