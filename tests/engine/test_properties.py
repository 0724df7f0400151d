"""What holds for any stack of layers with any options."""

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nnplayground.engine.gradient_check import check_gradients
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.losses.mean_squared_error import MeanSquaredError
from nnplayground.engine.network import Network, NetworkSpec
from nnplayground.engine.plan import Plan, predict
from tests.strategies import stacks

batches = st.integers(1, 5)
SMOOTH = ("identity", "sigmoid", "tanh", "softmax", "softplus", "silu", "mish", "gelu", "softsign")
seeds = st.integers(0, 2**32 - 1)
examples = settings(max_examples=60, deadline=None)


def network_of(stack) -> Network:
    shape, layers = stack
    return Network(NetworkSpec(shape, layers, MeanSquaredError()))


def rows_for(network: Network, batch: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(batch, int(np.prod(network.spec.input_shape))))


def parameters_of(network: Network, dtype: type = np.float64) -> np.ndarray:
    return network.initial_parameters(np.random.default_rng(1), dtype)


@examples
@given(stacks(), batches, seeds)
def test_every_layer_gives_the_shape_that_it_announces_there_and_back(stack, batch, seed):
    network = network_of(stack)
    parameters, gradients = parameters_of(network), np.full(network.trainable, np.nan)
    plan = Plan(network, batch, parameters, gradients, training=True, to_input=True)
    plan.rows[...] = rows_for(network, batch, seed)
    with np.errstate(all="ignore"):
        plan.forward()
        plan.backward()
    for index, shape in enumerate(network.shapes[1:]):
        assert plan.activations(index).shape == (*shape, batch)
        assert plan.sum_gradients(index).shape == plan.pre_activations(index).shape
    assert plan.input_gradient.shape == (*network.spec.input_shape, batch)
    assert network.size == sum(block.size for _, block, _ in network.each_block())
    assert network.trainable == sum(network.parameter_count(i) for i in range(len(network.spec.layers)))
    if np.isfinite(plan.outputs).all():
        assert not np.isnan(gradients).any(), "each parameter has a slope"


@examples
@given(stacks(), batches, seeds)
def test_a_batch_is_the_single_samples_side_by_side(stack, batch, seed):
    network = network_of(stack)
    parameters, rows = parameters_of(network), rows_for(network, batch, seed)
    with np.errstate(all="ignore"):
        singly = np.concatenate([predict(network, parameters, row[None]) for row in rows])
        together = predict(network, parameters, rows)
    np.testing.assert_allclose(together, singly, rtol=1e-9, atol=1e-12)


@examples
@given(stacks(), batches, seeds)
def test_single_precision_is_close_to_double(stack, batch, seed):
    network = network_of(stack)
    # A step, hard or nearly so, jumps where the sums differ by rounding: there the two may differ as well.
    smooth = all(getattr(layer.activation, "temperature", 1) >= 0.1 for layer in network.spec.layers)
    if not smooth or any(layer.activation.id == "step" for layer in network.spec.layers):
        return
    parameters, rows = parameters_of(network), rows_for(network, batch, seed)
    with np.errstate(all="ignore"):
        double, single = (predict(network, parameters.astype(t), rows) for t in (np.float64, np.float32))
    assert single.dtype == np.float32
    known = np.isfinite(double) & (np.abs(double) < 1e30)
    scale = 1 + np.abs(double[known]).max(initial=0)
    np.testing.assert_allclose(single[known], double[known], rtol=1e-3, atol=1e-4 * scale)


@examples
@given(stacks(), batches, seeds)
def test_asking_for_no_gradient_of_the_input_changes_no_other(stack, batch, seed):
    network = network_of(stack)
    found = []
    for to_input in (True, False):
        parameters, gradients = parameters_of(network), np.zeros(network.trainable)
        rng = np.random.default_rng(seed)
        plan = Plan(network, batch, parameters, gradients, training=True, rng=rng, to_input=to_input)
        plan.rows[...] = rows_for(network, batch, seed)
        with np.errstate(all="ignore"):
            plan.forward()
            plan.backward()
        found.append(gradients)
    np.testing.assert_array_equal(*found)


@settings(max_examples=40)
@given(stacks(most=3), batches, seeds)
def test_n09_gradients_of_any_smooth_network_are_the_central_differences(stack, batch, seed):
    shape, layers = stack
    # At a corner, or where one largest value takes over from another, both sides have slopes of their own.
    assume(all(layer.activation.id in SMOOTH and "max" not in layer.id for layer in layers))
    network = Network(NetworkSpec(shape, (*layers, Flatten(), Dense(2)), MeanSquaredError()))
    rows = rows_for(network, batch, seed)
    report = check_gradients(network, rows, np.ones((batch, 2)), most=5)
    wrong = [b for b in report.blocks if not (b.error < 1e-5 or b.error * b.largest < 1e-9)]  # smaller is rounding
    assert not wrong, str(report)
