"""Any stack of layers is the same network again after Keras's layers, their code, and a file."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import example, given, settings

import nnplayground.keras
from nnplayground.engine.activations.prelu import PReLU
from nnplayground.engine.layers.activation_layer import ActivationLayer
from nnplayground.engine.layers.batch_normalization import BatchNormalization
from nnplayground.engine.losses.mean_squared_error import MeanSquaredError
from nnplayground.engine.network import Network, NetworkSpec
from nnplayground.engine.plan import predict
from nnplayground.keras.models import Sequential, load_model
from nnplayground.keras.saving import stack as keras_layers
from nnplayground.training.experiment import Experiment
from tests.strategies import stacks

NAMES = {name: getattr(nnplayground.keras, name) for name in ("activations", "initializers", "layers", "regularizers")}


def answers(network: Network, parameters: np.ndarray) -> np.ndarray:
    rows = np.random.default_rng(0).normal(size=(3, int(np.prod(network.spec.input_shape))))
    with np.errstate(all="ignore"):
        return predict(network, parameters, rows)


@settings(max_examples=60, deadline=None)
@given(stacks())
@example(((2, 3, 3), (ActivationLayer(PReLU()), BatchNormalization(), ActivationLayer(PReLU()))))
def test_a_stack_is_the_same_network_after_code_and_file(stack):
    shape, layers = stack
    network = Network(NetworkSpec(shape, layers, MeanSquaredError()))
    made = keras_layers(Experiment(layers=layers), shape)
    again = [eval(layer.code(), {"keras": nnplayground.keras, **NAMES}) for layer in made]
    assert [layer.code() for layer in again] == [layer.code() for layer in made]
    model = Sequential(again, seed=3)
    built = model._ready()
    assert (built.network.shapes[-1], built.network.size) == (network.shapes[-1], network.size)
    np.testing.assert_array_equal(answers(built.network, built.parameters), answers(network, built.parameters))
    with TemporaryDirectory() as folder:
        model.save(Path(folder) / "m.keras")
        found = load_model(Path(folder) / "m.keras")._ready()
    np.testing.assert_array_equal(found.parameters, built.parameters)
    np.testing.assert_array_equal(answers(found.network, found.parameters), answers(network, built.parameters))
