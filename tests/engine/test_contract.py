"""What every registered entry of the engine must do, whatever it is: one table, found from the registries."""

import re

import numpy as np
import pytest

from nnplayground.engine.activations import Activation, activations
from nnplayground.engine.activations.identity import Identity
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.gradient_check import check_gradients
from nnplayground.engine.initializers import initializers
from nnplayground.engine.layers import layers
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.losses import losses
from nnplayground.engine.losses.mean_squared_error import MeanSquaredError
from nnplayground.engine.network import Network, NetworkSpec
from nnplayground.engine.optimizers import optimizers
from nnplayground.engine.plan import Plan, predict
from nnplayground.engine.schedules import schedules
from nnplayground.registry import Entry

REGISTRIES = (activations, layers, losses, optimizers, initializers, schedules)
ENTRIES = [entry for registry in REGISTRIES for entry in registry.values()]
IMAGE_LAYERS = {"conv2d", "max_pooling2d", "average_pooling2d", "flatten"}
OPTIONS = {"reshape": {"channels": 2, "height": 3, "width": 4}, "step": {}}
"""Options without which an entry does not fit the 24 inputs below."""


def made(kind: type[Entry]) -> Entry:
    return kind(**OPTIONS.get(kind.id, {}))


def around(layer, before: tuple[int, ...]) -> Network:
    """`layer` between others, so that its gradient has to pass on to the one before."""
    first = Conv2D(2, 1) if len(before) == 3 else Dense(before[0], Tanh())
    return Network(NetworkSpec(before, (first, layer, Flatten(), Dense(2)), MeanSquaredError()))


def networks() -> dict[str, Network]:
    found = {}
    for kind in layers.values():
        image = kind.id in IMAGE_LAYERS
        found[f"layer {kind.id}"] = around(made(kind), (2, 6, 7) if image else (24,))
        if kind.id in ("batch_normalization", "dropout", "activation"):
            found[f"layer {kind.id} on images"] = around(made(kind), (2, 4, 5))
    for kind in activations.values():
        activation = made(kind)
        found[f"activation {kind.id}"] = around(Dense(4, activation), (5,))
        found[f"activation {kind.id} of a convolution"] = around(Conv2D(2, 2, activation=activation), (2, 4, 5))
    for kind in losses.values():
        loss = made(kind)
        for pair in dict.fromkeys((*loss.pairs, "sigmoid")):
            layers_ = (Dense(5, Tanh()), Dense(3, activations[pair]()))
            found[f"loss {kind.id} after {pair}"] = Network(NetworkSpec((4,), layers_, loss))
    return found


NETWORKS = networks()


def samples(network: Network, count: int = 6) -> tuple[np.ndarray, np.ndarray]:
    """Inputs, and targets that are shares of classes."""
    rng = np.random.default_rng(5)
    targets = rng.dirichlet(np.ones(np.prod(network.output_shape)), count)
    return rng.normal(size=(count, np.prod(network.spec.input_shape))), targets


@pytest.mark.parametrize("name", NETWORKS)
def test_n09_gradients_agree_with_central_differences(name):
    network = NETWORKS[name]
    report = check_gradients(network, *samples(network), most=40)
    assert report.blocks
    assert report.error < 1e-6, str(report)


def test_shapes_are_as_announced():
    for name, network in NETWORKS.items():
        plan = Plan(network, 3, np.zeros(network.size), np.zeros(network.trainable), training=True)
        plan.rows[...] = samples(network, 3)[0]
        plan.forward()
        for index, shape in enumerate(network.shapes[1:]):
            assert plan.activations(index).shape == (*shape, 3), name
        assert network.size == sum(b.size for _, b, _ in network.each_block()), name


def test_a_batch_is_the_single_samples_side_by_side():
    for name, network in NETWORKS.items():
        parameters = network.initial_parameters(np.random.default_rng(1), np.float64)
        rows, _ = samples(network)
        singly = np.concatenate([predict(network, parameters, row[None]) for row in rows])
        np.testing.assert_allclose(predict(network, parameters, rows), singly, rtol=0, atol=1e-12, err_msg=name)


def test_single_precision_is_close_to_double():
    for name, network in NETWORKS.items():
        parameters = network.initial_parameters(np.random.default_rng(1), np.float64)
        rows, _ = samples(network)
        double, single = (predict(network, parameters.astype(t), rows) for t in (np.float64, np.float32))
        assert single.dtype == np.float32, name
        np.testing.assert_allclose(single, double, rtol=1e-4, atol=1e-5, err_msg=name)


def test_every_file_registers_something():
    for registry in REGISTRIES:
        modules = {f"{registry.package}.{name}" for name in registry.modules()}
        assert modules == {entry.__module__ for entry in registry.values()}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: f"{e.__module__.split('.')[-2]} {e.id}")
def test_an_entry_explains_itself_in_both_languages(entry):
    assert re.fullmatch(r"[a-z][a-z0-9_]*", entry.id)
    assert entry.label.en and entry.label.ja
    assert entry.help.en.endswith(".") and entry.help.ja.endswith("。")
    assert entry.formula and entry.__doc__ and "dataclass" not in entry.__doc__
    if issubclass(entry, Activation):
        assert entry.derivative_formula
    for known in entry.options():
        assert known.label.en and known.label.ja
        known.check(entry.label, known.default)


def test_options_survive_a_copy():
    for entry in ENTRIES:
        value = made(entry)
        again = type(value)(**{o.name: getattr(value, o.name) for o in value.options()})
        assert again.replace() == value
        assert isinstance(again, type(value)) and hash(again) == hash(value)


def test_the_identity_needs_no_pass_of_its_own():
    assert len(Network(NetworkSpec((2,), (Dense(3, Identity()),))).operations) == 1
