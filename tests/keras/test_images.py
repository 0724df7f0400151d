import numpy as np
import pytest

from nnplayground import keras
from nnplayground.engine.layers import layers as engine_layers
from nnplayground.keras import layers
from nnplayground.keras.problems import InputProblem
from nnplayground.keras.saving import stack
from nnplayground.training.experiment import Experiment

RNG = np.random.default_rng(0)


def convolution(x, kernel, bias):
    h, w = x.shape[1] - kernel.shape[0] + 1, x.shape[2] - kernel.shape[1] + 1
    out = np.zeros((len(x), h, w, kernel.shape[3]))
    for i in range(h):
        for j in range(w):
            window = x[:, i : i + kernel.shape[0], j : j + kernel.shape[1]]
            out[:, i, j] = np.tensordot(window, kernel, 3)
    return out + bias


def test_images_are_height_width_channels_and_flattened_so():
    model = keras.Sequential([
        keras.Input((6, 5, 2)), layers.Conv2D(3, 3, activation="relu"), layers.Flatten(), layers.Dropout(0.3), layers.Dense(4)
    ])  # fmt: skip
    kernel, bias, dense, last = (RNG.normal(size=w.shape) for w in model.get_weights())
    assert kernel.shape == (3, 3, 2, 3) and dense.shape == (36, 4)
    model.set_weights([kernel, bias, dense, last])
    x = RNG.normal(size=(4, 6, 5, 2))
    by_hand = np.maximum(convolution(x, kernel, bias), 0).reshape(4, -1) @ dense + last
    assert np.allclose(model.predict(x, verbose=0), by_hand, atol=1e-3)


def test_an_image_that_comes_out_has_its_shape_height_width_channels():
    model = keras.Sequential([keras.Input((6, 5, 2)), layers.Conv2D(3, 3)])
    assert model.output_shape == (None, 4, 3, 3)
    kernel, bias = model.get_weights()
    x = RNG.normal(size=(4, 6, 5, 2))
    assert np.allclose(model.predict(x, verbose=0), convolution(x, kernel, bias), atol=1e-5)
    assert model.predict(x[:0], verbose=0).shape == (0, 4, 3, 3)


def test_a_model_learns_images_and_its_loss_compares_them_pixel_by_pixel():
    model = keras.Sequential([keras.Input((6, 5, 2)), layers.Conv2D(3, 3)])
    x, y = RNG.normal(size=(4, 6, 5, 2)), RNG.normal(size=(4, 4, 3, 3))
    model.compile("adam", "mse", metrics=["mae"])
    wanted = [np.square(model.predict(x, verbose=0) - y).mean(), np.abs(model.predict(x, verbose=0) - y).mean()]
    assert np.allclose(model.evaluate(x, y, verbose=0), wanted)
    history = model.fit(x, y, epochs=30, verbose=0).history["loss"]
    assert history[0] == pytest.approx(wanted[0]) and history[-1] < history[0]


def test_a_sigmoid_in_an_image_gives_probabilities():
    model = keras.Sequential([keras.Input((4, 4, 1)), layers.Conv2D(2, 3, activation="sigmoid")])
    model.compile("sgd", "binary_crossentropy")
    model.fit(RNG.random((3, 4, 4, 1)), np.ones((3, 2, 2, 2)), verbose=0)  # without a warning


@pytest.mark.parametrize("shape", [(4, 4), (4, 4, 1)])
def test_an_autoencoder_gives_back_images_of_the_shape_it_was_told(shape):
    model = keras.Sequential([
        keras.Input(shape), layers.Flatten(), layers.Dense(16, activation="sigmoid"), layers.Reshape(shape)
    ])  # fmt: skip
    assert model.input_shape == model.output_shape == (None, *shape)
    x = RNG.random((3, *shape))
    model.compile("adam", "binary_crossentropy")
    model.fit(x, x, verbose=0)
    assert model.predict(x, verbose=0).shape == x.shape
    assert model.evaluate(x, x.reshape(3, 4, 4), verbose=0) == model.evaluate(x, x.reshape(3, 4, 4, 1), verbose=0)
    logits = keras.Sequential([keras.Input(shape), layers.Flatten(), layers.Dense(16), layers.Reshape(shape)])
    logits.set_weights(model.get_weights())
    logits.compile("adam", keras.losses.BinaryCrossentropy(from_logits=True))
    assert logits.evaluate(x, x, verbose=0) == pytest.approx(model.evaluate(x, x, verbose=0))
    for y, words in ((x.reshape(3, 16), "images"), (x[:2], "as many")):
        with pytest.raises(InputProblem, match=words):
            model.fit(x, y, verbose=0)


def test_shapes_are_told_as_they_were_given(capsys):
    model = keras.Sequential([
        keras.Input((12,)), layers.Reshape((12, 1)), layers.Dropout(0.1), layers.Conv2D(1, 1), layers.Reshape((3, 4))
    ])  # fmt: skip
    model.summary()
    table = capsys.readouterr().out
    assert table.count("(None, 12, 1)") == 2 and "(None, 12, 1, 1)" in table and "(None, 3, 4)" in table


def test_values_are_flattened_pixel_after_pixel():
    x = np.arange(12.0).reshape(1, 2, 2, 3)
    for flat in ([layers.Flatten()], [layers.Flatten(), layers.Dropout(0.5)], [layers.Reshape((-1,))]):
        model = keras.Sequential([keras.Input((2, 2, 3)), *flat])
        assert model.output_shape == (None, 12)
        assert np.array_equal(model.predict(x, verbose=0), [np.arange(12)])
        model.compile("sgd", "mse")
        assert model.evaluate(x, np.arange(12.0)[None], verbose=0) == 0
    back = keras.Sequential([keras.Input((2, 2, 3)), layers.Flatten(), layers.Reshape((2, 2, 3))])
    assert np.array_equal(back.predict(x, verbose=0), x)


@pytest.mark.parametrize(
    ("shape", "code"),
    [
        ((3, 3, 2), "layers.Conv2D(2, 2)"),
        ((3, 3, 2), "layers.Flatten()"),
        ((4, 4), "layers.Flatten(), layers.Reshape((4, 4))"),
        ((4, 4), "layers.Reshape((2, 8, 1)), layers.Dropout(0.1), layers.Reshape((8, 2))"),
    ],
)
def test_outputs_are_the_same_after_a_file(shape, code, tmp_path):
    model = keras.Sequential([keras.Input(shape), *eval(f"[{code}]", {"layers": layers})])
    model.save(tmp_path / "m.keras")
    x = RNG.normal(size=(2, *shape))
    found = keras.models.load_model(tmp_path / "m.keras")
    assert (found.input_shape, found.output_shape) == (model.input_shape, model.output_shape)
    assert np.array_equal(found.predict(x, verbose=0), model.predict(x, verbose=0))


def test_the_outputs_of_a_network_of_the_window_keep_their_order():
    entries = (engine_layers["dense"](6), engine_layers["reshape"](3, 2, 1), engine_layers["flatten"]())
    model = keras.Sequential(stack(Experiment(layers=entries), (4,)))
    kernel, bias = model.get_weights()
    x = RNG.normal(size=(2, 4))
    assert np.allclose(model.predict(x, verbose=0), x @ kernel + bias, atol=1e-5)


@pytest.mark.parametrize("shape", [(3, 4, 1), (3, 4), (1, 1, 12), (2, 3, 2)])
@pytest.mark.parametrize("between", [[], [layers.Flatten()], [layers.Flatten(), layers.Dropout(0.5)]])
def test_what_would_mix_pixels_and_channels_is_refused(shape, between):
    with pytest.raises(InputProblem, match="mix pixels"):
        keras.Sequential([keras.Input((2, 2, 3)), *between, layers.Reshape(shape)])
