import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from nnplayground import keras
from nnplayground.data.augmentations import augmentations
from nnplayground.data.datasets.circle import Circle
from nnplayground.data.datasets.curve import Curve
from nnplayground.data.datasets.generated_digits import GeneratedDigits
from nnplayground.data.datasets.logic_gates import LogicGates
from nnplayground.data.datasets.mnist import Mnist
from nnplayground.data.datasets.my_points import MyPoints
from nnplayground.data.datasets.own_data import OwnData
from nnplayground.data.datasets.spiral import Spiral
from nnplayground.data.datasets.three_classes import ThreeClasses
from nnplayground.engine.activations.identity import Identity
from nnplayground.engine.activations.leaky_relu import LeakyReLU
from nnplayground.engine.activations.prelu import PReLU
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.initializers.he import HeNormal
from nnplayground.engine.layers.activation_layer import ActivationLayer
from nnplayground.engine.layers.batch_normalization import BatchNormalization
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.dropout import Dropout
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.layers.max_pooling_2d import MaxPooling2D
from nnplayground.engine.losses.binary_cross_entropy import BinaryCrossEntropy
from nnplayground.engine.losses.mean_squared_error import MeanSquaredError
from nnplayground.engine.optimizers.adam import Adam
from nnplayground.engine.schedules import schedules
from nnplayground.keras import script, scripting
from nnplayground.storage import ready_made
from nnplayground.storage.values import build
from nnplayground.text import Problem
from nnplayground.training.experiment import Experiment
from nnplayground.training.stopping import has_condition
from tests.window_run import train

CONVOLUTION = Experiment(
    dataset=GeneratedDigits(samples=60),
    layers=(
        Conv2D(3, 5, activation=LeakyReLU(0.05)), MaxPooling2D(), BatchNormalization(), Flatten(), Dropout(0.25),
        Dense(8, PReLU()), Dense(8, Sigmoid(temperature=2.0)), Dense(10, Softmax()),
    ),
    initializer=HeNormal(), optimizer=Adam(beta_1=0.8), learning_rate=0.01, batch_size=25, seed=4, l2=0.001, l1=1e-4,
    weight_decay=0.01,
)  # fmt: skip
CHANGED = ready_made.load("circle").replace(
    silenced=((0, 1),), frozen=((1, "W", -1),), augment=augmentations["noise"]()
)
CASES = {name: ready_made.load(name) for name in ("three-classes", "circle", "forward-pass", "logic-gates", "sine")}
WEIGHED = ready_made.load("three-classes").replace(
    class_weights=(1.0, 0.7, 2.5),
    schedule=schedules["cosine"](length=2.0),
    clip=0.05,
    batch_size=30,
    dataset=ThreeClasses(),
)
STOPPING = ready_made.load("three-classes").replace(learning_rate=9.0, batch_size=10, patience=2, stop_accuracy=0.99)
VALIDATED = STOPPING.replace(validation=0.25, class_weights=(1.0, 2.0, 0.5))
GATE = Experiment(
    dataset=LogicGates(gate="or"), layers=(Dense(4, Tanh()), Dense(2, Sigmoid())), loss=MeanSquaredError(), stop_accuracy=1.0,
    learning_rate=1.0, batch_size=4,
)  # fmt: skip
STEP = Experiment(
    dataset=Curve(curve="(1 + |x|/x)/2", noise=0.0), layers=(Dense(4, Tanh()), Dense(1)), loss=MeanSquaredError(),
    stop_test_loss=1e-9, stop_accuracy=0.1,
)  # fmt: skip
SHARE = STEP.replace(
    dataset=Curve(curve="(1+sin(x))/2", noise=0.0), layers=(Dense(4, Tanh()), Dense(1, Sigmoid())), loss=BinaryCrossEntropy()
)  # fmt: skip
APART = Experiment(
    dataset=Circle(samples=60), layers=(Dense(4), ActivationLayer(Sigmoid()), ActivationLayer(Identity()), Dense(3, Tanh()), Dense(1, Sigmoid())),
    loss=BinaryCrossEntropy(), frozen=((3, "W", -1),), silenced=((0, 1), (3, 0)),
)  # fmt: skip
BARE = Experiment(layers=(Dense(4, Tanh()), Dense(3, Softmax()), ActivationLayer(Identity())))
ENDING = ("stopping", "validated", "several units")
CASES |= {
    "stopping": STOPPING,
    "several units": GATE,
    "values 0 and 1": STEP,
    "values between": SHARE,
    "validated": VALIDATED,
    "layers apart": APART,
    "bare end": BARE,
    "one unit for classes": Experiment(dataset=Circle(samples=60), layers=(Dense(4, Tanh()), Dense(1, Sigmoid()))),
    "few samples": GATE.replace(stop_accuracy=0.0, validation=0.9),
    "convolution": CONVOLUTION,
    "changed": CHANGED,
    "weighed": WEIGHED,
}


def prepared(name: str) -> Experiment:
    return CASES[name].replace(epochs=30 if has_condition(CASES[name]) else 3)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory) -> Path:
    """What the scripts of all cases come to, run in another process."""
    folder = tmp_path_factory.mktemp("scripts")
    for name in CASES:
        end = f"numpy.savez({str(folder / name)!r}, p=model._ready().parameters, loss=history.history['loss'],"
        end += " test=numpy.ravel(model.evaluate(x_test, y_test, verbose=0))[0])"
        (folder / f"{name}.py").write_text(f"{script(prepared(name))}\nimport numpy\n{end}\n", encoding="utf-8")
    run_all = "import runpy, sys\nfor path in sys.argv[1:]: runpy.run_path(path)"
    paths = [str(folder / f"{name}.py") for name in CASES]
    done = subprocess.run([sys.executable, "-c", run_all, *paths], capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("name", CASES)
def test_a_script_does_the_same_to_the_last_bit(name, outcomes):
    experiment, found = prepared(name), np.load(outcomes / f"{name}.npz")
    trainer, losses = train(experiment)
    assert (len(losses) < experiment.epochs) == (name in ENDING)
    assert found["p"].tobytes() == trainer.parameters.tobytes()
    assert found["loss"].tolist() == losses
    assert found["test"] == trainer.evaluate(limit=None).test_loss


@pytest.mark.parametrize("name", ["digits", "../digits", "nothing"])
def test_trained_weights_that_do_not_fit_or_are_not_there_are_refused(name):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    before = model.get_weights()
    with pytest.raises(Problem):
        keras.utils.load_trained(model, name)
    assert all(map(np.array_equal, model.get_weights(), before))


@pytest.mark.parametrize("name", ["sine", "circle"])
def test_the_last_comment_says_what_is_printed(name):
    is_measured = name == "circle"
    assert ("accuracy on" in script(ready_made.load(name))) == is_measured
    assert ("精度" in script(ready_made.load(name), "ja")) == is_measured


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "cp1252", "ascii"])
def test_a_summary_is_printed_in_the_letters_that_there_are(encoding, monkeypatch):
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding))
    keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, name="花")], name="m").summary()
    sys.stdout.flush()
    lines = written.getvalue().decode(encoding).splitlines()
    assert ("┡" in "".join(lines)) == (encoding == "utf-8")
    assert len({len(line) for line in lines[1:6]}) == 1 and "Dense" in lines[4]


def test_accuracy_cannot_end_the_training_where_no_classes_are_learnt():
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(loss="mse", stop_accuracy=0.9)
    x = np.linspace(0, 1, 4)
    with pytest.raises(keras.InputProblem, match="stop_accuracy needs labels of classes"):
        model.fit(x, x, validation_data=(x, x), verbose=0)


def test_a_script_reads_like_keras():
    code = script(ready_made.load("digits").replace(dataset=Mnist(samples=1000)), "ja")
    assert "keras.datasets.mnist.load_data()" in code and "x_train[:1000]" in code
    assert 'layers.Dense(256, activation="sigmoid")' in code and "# データ" in code
    compile(code, "script", "exec")


LOADED = {
    "features": Spiral(features=("x1", "x2", "x1^2", "x2^2", "x1*x2", "sin x1", "sin x2")),
    "formula": Curve(
        curve="x / 2 + sin(2 x) - 1 + cos(x) + x^3 / 10 - |x| / 3 + exp(-x^2) / 2 - sin(x) / 5 + cos(2 x)"
    ),
    "points": MyPoints(points=tuple((i / 7, -i / 3, i % 2) for i in range(40))),
    "columns": OwnData(features=("sepal length (cm)", 'a "quoted" one', "c") * 4, classes=("setosa", "花")),
}


@pytest.mark.parametrize("name", LOADED)
def test_lines_break_between_the_options_of_a_dataset_only(name, monkeypatch):
    dataset, asked = LOADED[name], {}
    lines = list(scripting._data(dataset))
    monkeypatch.setattr(
        "nnplayground.keras.datasets.load", lambda id, **options: asked.update(options) or ((1, 2),) * 2
    )
    exec("\n".join(lines), {"keras": keras})
    assert build(type(dataset), asked) == dataset
    assert len(lines) > 1 and max(map(len, "\n".join(lines).split("\n"))) < 140


def test_the_same_bytes_come_from_keras_and_from_the_window():
    bytes_ = np.arange(256, dtype=np.uint8)
    from nnplayground.data.datasets._images import rows

    assert np.array_equal(bytes_.astype("float32") / 255, rows(bytes_.reshape(1, 16, 16))[0, :-1])


def test_a_title_cannot_bring_code_in():
    from nnplayground.text import Text

    code = script(ready_made.load("circle").replace(title=Text.same("a\nimport os\n")))
    assert code.startswith("# a import os\n")
