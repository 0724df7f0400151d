from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground import keras
from nnplayground.data.files import FileProblem
from nnplayground.keras import layers, losses, optimizers
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


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "units"]), inner),
    max_leaves=4,
)


@given(
    st.sampled_from(["experiment", "model"]), st.sampled_from(["layers", "input_shape", "loss", "metrics", ""]), JSON
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
