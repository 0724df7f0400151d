from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground import keras
from nnplayground.data.files import FileProblem
from nnplayground.keras import layers, losses, metrics, optimizers
from nnplayground.keras.models import load_model
from nnplayground.storage import project
from nnplayground.storage.tensors import pack, unpack
from nnplayground.training.trainer import Trainer

RNG = np.random.default_rng(0)


def everything() -> keras.Sequential:
    model = keras.Sequential(
        [
            keras.Input((8, 8, 2)), layers.Conv2D(3, 3, padding="same", activation="relu"), layers.MaxPooling2D(2),
            layers.BatchNormalization(), layers.LeakyReLU(0.1), layers.Flatten(), layers.Dropout(0.2),
            layers.Dense(6, activation="gelu"), layers.PReLU(), layers.Dense(3),
        ],
        name="mine",
    )  # fmt: skip
    loss = losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizers.SGD(0.05, momentum=0.8), loss, metrics=["accuracy"])
    return model


X, Y = RNG.normal(size=(30, 8, 8, 2)), RNG.integers(0, 3, 30)


def test_a_model_comes_back_and_learns_on(tmp_path):
    model = everything()
    model.fit(X, Y, verbose=0)
    model.save(tmp_path / "m.keras")
    found = load_model(tmp_path / "m.keras")
    assert found.name == "mine"
    assert np.array_equal(found.predict(X, verbose=0), model.predict(X, verbose=0))
    assert found.evaluate(X, Y, verbose=0) == model.evaluate(X, Y, verbose=0)
    assert found.optimizer.learning_rate == 0.05 and found.optimizer.entry == model.optimizer.entry
    found.fit(X, Y, verbose=0)


def test_a_model_without_compile_comes_back_without(tmp_path):
    model = keras.Sequential([keras.Input((2,)), layers.Dense(1)])
    model.save(tmp_path / "m.keras")
    found = load_model(tmp_path / "m.keras")
    assert found.optimizer is None and np.array_equal(found.get_weights()[0], model.get_weights()[0])
    with pytest.raises(ValueError, match="there already"):
        model.save(tmp_path / "m.keras", overwrite=False)


def digits(metrics, **settings):
    model = keras.Sequential([keras.Input((784,)), layers.Dense(3, "relu"), layers.Dense(10, "sigmoid")])
    model.compile(loss="mse", metrics=metrics, **settings)
    return model


def test_the_window_goes_on_with_the_batches_and_the_units_of_a_model(tmp_path):
    model = digits(["accuracy"], silenced=((0, 2),), frozen=((1, "W", -1),))
    model.fit(np.zeros((20, 784)), np.eye(10)[np.arange(20) % 10], batch_size=5, verbose=0)
    model.save(tmp_path / "m.nnp")
    opened = project.read(tmp_path / "m.nnp").experiment
    assert opened.dataset.task.is_classification and opened.batch_size == 5
    assert [layer.id for layer in opened.layers] == ["flatten", "dense", "dense"]
    assert (opened.silenced, opened.frozen) == (((1, 2),), ((2, "W", -1),))


def test_a_model_that_the_window_has_no_data_for_is_refused_with_what_it_learns(tmp_path):
    with pytest.raises(keras.InputProblem, match=r"\(784,\) and 10 outputs that are values"):
        digits([]).save(tmp_path / "m.nnp")


def test_the_window_opens_a_model_and_the_other_way_round(tmp_path):
    model = keras.Sequential(
        [layers.Dense(9, input_dim=784, activation="relu"), layers.Dense(10, activation="softmax")]
    )
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    model.save(tmp_path / "m.nnp")
    opened = project.read(tmp_path / "m.nnp")
    assert opened.experiment.dataset.task.units == 10 and opened.experiment.layers[0].id == "flatten"
    experiment = opened.experiment.replace(dataset=opened.experiment.dataset.replace(samples=50))
    data = experiment.dataset.load()
    trainer = Trainer(experiment, data, opened.parameters)
    assert np.array_equal(model.predict(data.x_test, verbose=0).argmax(1), trainer_answers(trainer))
    back = load_model(tmp_path / "m.nnp")
    assert np.array_equal(
        back.predict(data.x_test.reshape(-1, 28, 28), verbose=0), model.predict(data.x_test, verbose=0)
    )


def trainer_answers(trainer):
    from nnplayground.engine.plan import predict

    return predict(trainer.network, trainer.parameters, trainer.data.x_test).argmax(1)


def test_a_model_of_other_data_says_where_it_can_be_saved(tmp_path):
    with pytest.raises(ValueError, match=r"\.keras"):
        everything().save(tmp_path / "m.nnp")


@cache
def saved() -> bytes:
    with TemporaryDirectory() as folder:
        everything().save(Path(folder) / "m.keras")
        return (Path(folder) / "m.keras").read_bytes()


def refusal(data: bytes, folder) -> str:
    (folder / "bad.keras").write_bytes(data)
    with pytest.raises(FileProblem) as caught:
        load_model(folder / "bad.keras")
    return caught.value.code


def test_damaged_files_are_refused(tmp_path):
    data = saved()
    for end in range(0, len(data), 97):
        refusal(data[:end], tmp_path)
    for place in range(0, len(data), 61):
        changed = bytearray(data)
        changed[place] ^= 4
        refusal(bytes(changed), tmp_path)


def test_what_compile_chose_comes_back(tmp_path):
    model = keras.Sequential([keras.Input((3,)), layers.Dense(4, activation="softmax")])
    wanted = [
        metrics.BinaryAccuracy(name="acc_50", threshold=0.9), metrics.TopKCategoricalAccuracy(k=2),
        "acc", "mse", metrics.MeanAbsoluteError(),
    ]  # fmt: skip
    schedule = optimizers.schedules.ExponentialDecay(0.1, 7, 0.5, staircase=True)
    model.compile(
        optimizers.Adam(schedule, global_clipnorm=0.3), "categorical_crossentropy", wanted, augment={"id": "noise"}
    )
    x, y = RNG.normal(size=(30, 3)), np.eye(4)[RNG.integers(0, 4, 30)]
    model.fit(x, y, verbose=0)
    model.save(tmp_path / "m.keras")
    found = load_model(tmp_path / "m.keras")
    assert found.metrics_names == model.metrics_names
    assert found.evaluate(x, y, verbose=0) == model.evaluate(x, y, verbose=0)
    assert found.optimizer.code() == model.optimizer.code() and found._compiled.settings["augment"]["id"] == "noise"
    assert load_model(tmp_path / "m.keras", compile=False).optimizer is None


def test_the_optimizer_goes_on_where_it_was(tmp_path):
    x, y = RNG.normal(size=(20, 3)), RNG.normal(size=(20, 1))
    model = keras.Sequential([keras.Input((3,)), layers.Dense(1)])
    schedule = optimizers.schedules.ExponentialDecay(0.1, 3, 0.5)
    model.compile(optimizers.Adam(schedule), "mse")
    model.fit(x, y, epochs=5, batch_size=20, verbose=0)
    model.save(tmp_path / "m.keras")
    found = load_model(tmp_path / "m.keras")
    assert found.optimizer.iterations == 5 and found.optimizer.learning_rate == model.optimizer.learning_rate
    found.save(tmp_path / "again.keras")
    for one in (model, found, again := load_model(tmp_path / "again.keras")):
        one.fit(x, y, batch_size=20, verbose=0, shuffle=False)
    for one in (found, again):
        pairs = zip(model.get_weights(), one.get_weights(), strict=True)
        assert all(np.allclose(a, b, rtol=1e-6) for a, b in pairs)


def test_layers_come_back_by_their_names(tmp_path):
    stack = [
        layers.Dense(4, name="hidden", input_dim=3, kernel_initializer="he_normal", bias_initializer="ones"),
        layers.Activation("tanh", name="bend"), layers.Dense(2, kernel_initializer=keras.initializers.Constant(0.5)),
        layers.LeakyReLU(0.1), layers.Dropout(0.25), layers.Dense(2), layers.Activation("softmax"), layers.Activation("linear"),
    ]  # fmt: skip
    model = keras.Sequential(stack)
    model.save(tmp_path / "m.keras")
    found = load_model(tmp_path / "m.keras")
    assert [(type(layer), layer.name) for layer in found.layers] == [(type(layer), layer.name) for layer in stack]
    assert [layer.code() for layer in found.layers] == [layer.code() for layer in stack]
    assert np.array_equal(found.get_layer("hidden").get_weights()[0], stack[0].get_weights()[0])


def test_numbers_of_numpy_are_kept_as_numbers(tmp_path):
    model = keras.Sequential([layers.Dense(2, input_dim=3), layers.Dropout(np.float64(0.25))])
    model.compile("sgd", "mse", [metrics.BinaryAccuracy(threshold=np.float32(0.25))])
    model.save(tmp_path / "m.keras")
    found = load_model(tmp_path / "m.keras")
    assert found.layers[1].rate == found._compiled.metrics[0].threshold == 0.25


def test_a_learning_rate_beyond_the_bounds_of_the_window_comes_back(tmp_path):
    model = keras.Sequential([layers.Dense(1, input_dim=2)])
    model.compile(optimizers.SGD(1e-9), "mse")
    model.save(tmp_path / "m.keras")
    assert load_model(tmp_path / "m.keras").optimizer.learning_rate == 1e-9


def test_files_of_older_versions_are_read(tmp_path):
    arrays, description = unpack(saved(), "")
    for field in ("layers", "learning_rate", "steps"):
        del description["model"][field]
    description["model"]["metrics"] = ["accuracy"]
    description["experiment"]["learning_rate"] = 0.05
    (tmp_path / "m.keras").write_bytes(pack({k: v for k, v in arrays.items() if "/" not in k}, description))
    found = load_model(tmp_path / "m.keras")
    assert found.optimizer.learning_rate == 0.05 and found.metrics_names == ["loss", "accuracy"]
    found.fit(X, Y, verbose=0)


def test_a_model_of_the_window_keeps_its_settings(tmp_path):
    from nnplayground.engine.schedules.cosine import Cosine

    model = keras.Sequential([layers.Dense(10, input_dim=784, activation="softmax")])
    model.compile("sgd", "categorical_crossentropy", clip=0.5, schedule={"id": "cosine"}, silenced=[[0, 3]], patience=3)
    model.save(tmp_path / "m.nnp")
    found = load_model(tmp_path / "m.nnp")
    assert found.optimizer.global_clipnorm == 0.5
    assert found._compiled.experiment(found._ready(), 1, 32).schedule == Cosine()
    x = RNG.normal(size=(4, 784))
    assert np.array_equal(found.predict(x.reshape(4, 28, 28), verbose=0), model.predict(x, verbose=0))
    found.fit(x.reshape(4, 28, 28), np.eye(10)[:4], verbose=0)


def test_a_file_needs_a_name():
    with pytest.raises(ValueError, match="filepath"):
        load_model(None)
    with pytest.raises(ValueError, match="filepath"):
        everything().save(None)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "units"]), inner),
    max_leaves=4,
)


@given(
    st.sampled_from(["experiment", "model"]),
    st.sampled_from(["layers", "input_shape", "loss", "metrics", "learning_rate", "steps", ""]),
    JSON,
)
def test_any_description_gives_a_model_or_a_refusal(part, key, value):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "any.keras"
        arrays, description = unpack(saved(), "")
        if key:
            description[part][key] = value
        else:
            description[part] = value
        path.write_bytes(pack(arrays, description))
        try:
            found = load_model(path)
        except FileProblem:
            return
    assert isinstance(found, keras.Sequential)
