"""What training holds in memory: parameters, gradients, optimizer state, one batch; and no more after many steps.

pytest tests/benchmarks/test_memory.py
"""

import math
import tracemalloc

import pytest

from nnplayground.engine.optimizers.adam import Adam
from nnplayground.engine.optimizers.sgd import SGD
from nnplayground.training.trainer import GUARD_STEPS, Trainer
from tests.benchmarks.networks import experiment, made_up

SINGLE = 4
"""Bytes of a number."""
CHECKPOINTS = 2
"""States that are kept to go back to when numbers become infinite."""
REST = 1_000_000
"""Bytes for what does not depend on the network: what losses are computed from, Python's own objects."""


@pytest.mark.parametrize("batch", [64, 256])
@pytest.mark.parametrize("optimizer", [SGD(), Adam()], ids=lambda o: o.id)
def test_memory_is_what_the_network_needs_and_does_not_grow(optimizer, batch, benchmark):
    data, settings = made_up(), experiment(batch).replace(optimizer=optimizer)
    Trainer(settings, data).steps(3)  # what is imported or cached once is no part of it
    tracemalloc.start()
    try:
        subject = Trainer(settings, data)
        subject.steps(3 * GUARD_STEPS)
        early = tracemalloc.get_traced_memory()[0]
        benchmark.pedantic(subject.steps, args=(12 * GUARD_STEPS,), rounds=1)
        late = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    network = subject.network
    state = SINGLE * network.size * (1 + optimizer.slots)
    values = SINGLE * batch * (sum(math.prod(o.output_shape) for o in network.operations) + 784)
    orders = (1 + CHECKPOINTS) * 8 * subject.samples
    needed = state * (1 + CHECKPOINTS) + SINGLE * network.size + 2 * values + orders + subject.targets.nbytes
    benchmark.extra_info |= {"megabytes": round(late / 1e6, 2), "needed": round(needed / 1e6, 2)}
    assert late <= needed + REST
    assert late <= early + REST
