"""What is exported gives the outputs that the network gives, for every layer and every activation."""

from typing import Any

import numpy as np
import pytest

from nnplayground.data.datasets.generated_digits import GeneratedDigits
from nnplayground.data.datasets.spiral import Spiral
from nnplayground.data.datasets.xor import Xor
from nnplayground.engine.activations import activations
from nnplayground.engine.activations.identity import Identity
from nnplayground.engine.activations.maxout import Maxout
from nnplayground.engine.activations.prelu import PReLU
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.layers import layers
from nnplayground.engine.layers.activation_layer import ActivationLayer
from nnplayground.engine.layers.average_pooling_2d import AveragePooling2D
from nnplayground.engine.layers.batch_normalization import BatchNormalization
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.dropout import Dropout
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.layers.max_pooling_2d import MaxPooling2D
from nnplayground.engine.layers.reshape import Reshape
from nnplayground.engine.losses import losses
from nnplayground.engine.losses.binary_cross_entropy import BinaryCrossEntropy
from nnplayground.engine.losses.mean_squared_error import MeanSquaredError
from nnplayground.engine.optimizers import optimizers
from nnplayground.engine.plan import predict
from nnplayground.exports import Material, exports, for_name
from nnplayground.text import Problem
from nnplayground.training.experiment import Experiment
from nnplayground.training.trainer import Trainer

POINTS = Spiral(samples=60)
IMAGES = GeneratedDigits(samples=60)
OUT = Dense(2, Softmax())
CONVOLUTIONS = (
    Conv2D(4, 3, 2, "same", Maxout(2)), AveragePooling2D(2, 2, "same"), Conv2D(5, 2, activation=PReLU()), BatchNormalization(),
    MaxPooling2D(2, 2, "same"), Dropout(0.2), Flatten(), Dense(12), Reshape(3, 2, 2), Flatten(), ActivationLayer(Tanh()),
    Dense(10, Softmax(2.0)),
)  # fmt: skip
NETWORKS: dict[str, Experiment] = {
    f"activation {name}": Experiment(dataset=POINTS, layers=(Dense(6, kind()), OUT))
    for name, kind in activations.items()
}
NETWORKS["convolutions"] = Experiment(dataset=IMAGES, layers=CONVOLUTIONS)
NETWORKS["valid convolutions"] = Experiment(
    dataset=IMAGES, layers=(Conv2D(3, 3, 2, "valid", ReLU()), AveragePooling2D(3, 2), MaxPooling2D(2, 2), Flatten(), Dense(10, Softmax())),
)  # fmt: skip
NETWORKS["silenced units"] = Experiment(
    dataset=IMAGES, layers=(Conv2D(3, 5, 3), Flatten(), Dense(6, Sigmoid()), Dense(10, Softmax())), silenced=((0, 1), (2, 4))
)  # fmt: skip
NETWORKS["normalized dense"] = Experiment(dataset=POINTS, layers=(Dense(5), BatchNormalization(), Dropout(0.5), OUT))
NETWORKS["regression"] = Experiment(
    dataset=Xor(), layers=(Dense(3, Tanh()), Dense(1, Identity())), loss=MeanSquaredError()
)
EACH = pytest.mark.parametrize("name", NETWORKS)


def material(name: str) -> tuple[Material, np.ndarray, np.ndarray]:
    """A network that has learnt for two steps, inputs, and what it answers to them."""
    experiment = NETWORKS[name]
    trainer = Trainer(experiment.replace(batch_size=20), experiment.dataset.load())
    trainer.steps(2)
    made = Material(experiment, trainer.parameters)
    rng = np.random.default_rng(3)
    for index, views in enumerate(made.network.views(trainer.parameters)):  # biases and statistics too
        for key, view in views.items():
            view += (rng.uniform(0.0, 0.3, view.shape)).astype(np.float32) if key != "W" or index else 0
    x = rng.normal(0, 1.5, (7, *experiment.dataset.input_shape)).astype(np.float32)
    return made, x, predict(made.network, trainer.parameters, x.reshape(7, -1))


def run(script: bytes, **known: Any) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "script", **known}
    exec(compile(script, "script.py", "exec"), names)
    return names


def test_every_layer_is_among_these() -> None:
    used = {layer.id for experiment in NETWORKS.values() for layer in experiment.layers}
    assert used == set(layers)


@EACH
def test_onnx_gives_the_same_outputs_to_five_digits(name: str) -> None:
    onnxruntime = pytest.importorskip("onnxruntime")
    made, x, wanted = material(name)
    session = onnxruntime.InferenceSession(exports["onnx"]().write(made), providers=["CPUExecutionProvider"])
    (found,) = session.run(["y"], {"x": x})
    assert found.shape == wanted.shape and np.abs(found - wanted).max() < 1e-5


@EACH
def test_onnx_holds_what_its_own_checker_wants(name: str) -> None:
    onnx = pytest.importorskip("onnx")
    onnx.checker.check_model(exports["onnx"]().write(material(name)[0]), full_check=True)


@EACH
def test_the_numpy_script_gives_the_same_outputs(name: str) -> None:
    made, x, wanted = material(name)
    found = run(exports["numpy"]().write(made))["predict"](x)
    assert found.shape == wanted.shape and np.abs(found - wanted).max() < 1e-5


@EACH
def test_the_pytorch_script_gives_the_same_outputs(name: str) -> None:
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    made, x, wanted = material(name)
    model = run(exports["pytorch"]().write(made))["model"]
    with torch.no_grad():
        found = model(torch.from_numpy(x)).numpy()
    assert found.shape == wanted.shape and np.abs(found - wanted).max() < 1e-5


TRAININGS = {
    **{f"loss {name}": Experiment(dataset=POINTS, layers=(Dense(4, Tanh()), Dense(1, Sigmoid())), loss=kind()) for name, kind in losses.items()},
    **{f"optimizer {name}": Experiment(dataset=POINTS, layers=(Dense(4, ReLU()), OUT), optimizer=kind()) for name, kind in optimizers.items()},
    **{f"activation {name}": NETWORKS[f"activation {name}"] for name in activations},
    "regression": NETWORKS["regression"],
    "signed": Experiment(dataset=POINTS, layers=(Dense(3, Tanh()), Dense(1, Tanh())), loss=MeanSquaredError()),
    "hot": Experiment(dataset=POINTS, layers=(Dense(3, Sigmoid(0.5)), Dense(2, Softmax(2.0)))),
    "two sigmoids": Experiment(dataset=POINTS, layers=(Dense(3, Tanh()), Dense(2, Sigmoid(2.0))), loss=BinaryCrossEntropy()),
}  # fmt: skip
TAUGHT = (
    "loss categorical_crossentropy",
    "activation gelu",
    "activation elu",
    "optimizer adam",
    "optimizer sgd",
    "hot",
    "signed",
)


@pytest.mark.parametrize("name", TRAININGS)
def test_the_numpy_script_learns_as_the_window_does(name: str) -> None:
    experiment = TRAININGS[name].replace(batch_size=13, learning_rate=0.05, seed=4)
    trainer = Trainer(experiment, experiment.dataset.load())
    script = run(exports["numpy"]().write(Material(experiment, trainer.parameters.copy())))
    if "train" not in script:
        assert name not in TAUGHT
        pytest.skip("is not taught in a page of NumPy")
    parameters, found = script["train"](epochs=3)
    wanted = trainer.steps(len(found))
    assert trainer.epoch_count == 3 and np.allclose(found, wanted, rtol=1e-4, atol=1e-6)
    views = [view for layer in trainer.network.views(trainer.parameters) for view in layer.values()]
    assert all(np.allclose(a, b, rtol=1e-3, atol=1e-5) for a, b in zip(parameters, views, strict=True))


def test_the_name_of_a_file_says_what_it_is() -> None:
    assert {for_name("a" + kind.ending + kind.suffix).id for kind in exports.values()} == set(exports)
    assert for_name("mine.ONNX").id == "onnx"
    with pytest.raises(Problem, match="-keras.py"):
        for_name("mine.exe")
