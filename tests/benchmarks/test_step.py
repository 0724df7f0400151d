"""A training step of 784-256-128-10: how much of it the matrix products are, and how it grows.

OPENBLAS_NUM_THREADS=1 pytest tests/benchmarks/test_step.py
"""

import statistics
import time
from functools import partial
from itertools import pairwise

import pytest

from nnplayground.engine.arrays import InTurn, Pass
from nnplayground.training.trainer import Trainer
from tests.benchmarks.networks import fastest, made_up, seconds, trainer

DATA = made_up()
STEPS = 3_200
"""Samples that one round goes through."""
SHARE = 0.8
"""Of a step's time, at least, in its matrix products, from batch 64 on. A step is all between samples that are in their place
and parameters that are moved; what feeds it is counted apart."""
SLACK = 1.3
"""What is twice as large may take 2 * 1.3 times as long: small products are a little slower for their size."""


class Stopwatch:
    """Adds up the time that some passes take where they stand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def on(self, do: Pass) -> Pass:
        def timed() -> None:
            began = time.perf_counter()
            do()
            self.seconds += time.perf_counter() - began

        return timed


def is_product(do: Pass) -> bool:
    return isinstance(do, partial) and do.func.__name__ in {"dot", "matmul"}


def shares(subject: Trainer, count: int) -> tuple[float, float]:
    """How much of `count` steps is spent in their products, and how much of the steps together with what feeds them:
    gathering samples, losses for the chart, states to go back to."""
    products, steps = Stopwatch(), Stopwatch()
    before = subject.plan.step
    assert sum(map(is_product, before)) == 8  # three forward, three for the weights, two for the way back
    subject.plan.step = (steps.on(InTurn(*[products.on(do) if is_product(do) else do for do in before])),)
    whole = seconds(partial(subject.steps, count))
    subject.plan.step = before
    return products.seconds / steps.seconds, products.seconds / whole


@pytest.mark.parametrize("batch", [32, 64, 128, 256])
def test_most_of_a_step_is_matrix_products(batch, benchmark):
    subject, count = trainer(batch, DATA), STEPS // batch
    rounds = [shares(subject, count) for _ in range(25)]
    of_step, of_all = (statistics.median(found) for found in zip(*rounds, strict=True))
    benchmark.extra_info |= {"share_of_products": round(of_step, 3), "share_with_feeding": round(of_all, 3)}
    benchmark(subject.steps, count)
    benchmark.extra_info["samples_per_second"] = round(count * batch / benchmark.stats["median"])
    if batch >= 64:
        assert of_step >= SHARE


def test_time_grows_no_faster_than_the_batch(benchmark):
    subjects = [trainer(batch, DATA) for batch in (64, 128, 256, 512)]
    times = fastest(partial(s.steps, 6) for s in subjects)
    benchmark.extra_info["milliseconds"] = [round(1000 * t / 6, 2) for t in times]
    benchmark(subjects[0].steps, 6)
    assert all(later <= SLACK * 2 * earlier for earlier, later in pairwise(times))


def test_time_grows_no_faster_than_the_number_of_parameters(benchmark):
    subjects = [trainer(64, DATA, hidden=(n, 128)) for n in (128, 256, 512, 1024)]
    times = fastest(partial(s.steps, 6) for s in subjects)
    per_parameter = [t / s.network.trainable for t, s in zip(times, subjects, strict=True)]
    benchmark.extra_info["nanoseconds_per_parameter"] = [round(1e9 * t / 6, 3) for t in per_parameter]
    benchmark(subjects[0].steps, 6)
    assert all(later <= SLACK * earlier for earlier, later in pairwise(per_parameter))
