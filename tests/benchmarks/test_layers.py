"""Forward and backward of every layer, activation, loss and optimizer, one by one.

OPENBLAS_NUM_THREADS=1 pytest tests/benchmarks/test_layers.py
"""

from functools import partial

import numpy as np
import pytest

from nnplayground.engine.activations import activations
from nnplayground.engine.layers import Layer, layers
from nnplayground.engine.layers.activation_layer import ActivationLayer
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.losses import losses
from nnplayground.engine.losses.mean_squared_error import MeanSquaredError
from nnplayground.engine.network import Network, NetworkSpec
from nnplayground.engine.optimizers import optimizers
from nnplayground.engine.plan import Plan

BATCH = 64
IMAGE, FLAT = (8, 24, 24), (512,)
OPTIONS = {"dense": {"units": 256}, "conv2d": {"filters": 16, "kernel_size": 5}, "reshape": dict(zip(
    ("channels", "height", "width"), IMAGE, strict=True))}  # fmt: skip


def plan_of(shape: tuple[int, ...], *stack: Layer, loss=MeanSquaredError) -> Plan:
    """A plan that goes all the way back to its input, filled with numbers."""
    network = Network(NetworkSpec(shape, stack, loss()))
    rng = np.random.default_rng(0)
    parameters, gradients = network.initial_parameters(rng), np.zeros(network.trainable, np.float32)
    plan = Plan(network, BATCH, parameters, gradients, training=True, rng=rng, to_input=True)
    plan.rows[...] = rng.normal(size=plan.rows.shape)
    plan.targets[...] = 1 / plan.targets.shape[1]
    return plan


def run(plan: Plan) -> None:
    for do in plan.passes:
        do()


def timed(benchmark, plan: Plan) -> None:
    benchmark(run, plan)
    benchmark.extra_info["samples_per_second"] = round(BATCH / benchmark.stats["median"])


@pytest.mark.parametrize("id", layers)
def test_layer(id, benchmark):
    layer = layers[id](**OPTIONS.get(id, {}))
    flat = id in ("dense", "reshape")
    shape = (int(np.prod(IMAGE)),) if id == "reshape" else FLAT if flat else IMAGE
    timed(benchmark, plan_of(shape, layer, Flatten()))


@pytest.mark.parametrize("id", activations)
def test_activation(id, benchmark):
    stack = Dense(256, activations[id]()) if activations[id]().sums_per_unit > 1 else ActivationLayer(activations[id]())
    timed(benchmark, plan_of(FLAT, stack))


@pytest.mark.parametrize("id", losses)
def test_loss(id, benchmark):
    plan = plan_of((10,), ActivationLayer(activations[(*losses[id].pairs, "identity")[0]]()), loss=losses[id])
    plan.forward()
    benchmark(plan.loss)


@pytest.mark.parametrize("id", optimizers)
def test_optimizer(id, benchmark):
    """One update of the 235,146 parameters of 784-256-128-10."""
    kind = optimizers[id]
    p, g, work, *state = (np.full(235_146, 0.1, np.float32) for _ in range(3 + kind.slots))
    benchmark(partial(kind().update, p, g, state, work, 1e-6, 3))
