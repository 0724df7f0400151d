"""A training step of 784-256-128-10: how much of it the matrix products are, and how it grows.

OPENBLAS_NUM_THREADS=1 pytest tests/benchmarks/test_step.py
"""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import numpy as np
import pytest

from tests.benchmarks.networks import fastest, made_up, ratio, trainer

DATA = made_up()
SIZES = (784, 256, 128, 10)
STEPS = 3_200
"""Samples that one round goes through."""
SHARE = 0.8
"""Of a step's time, at least, in the bare products, from batch 64 on."""
SLACK = 1.3
"""What is twice as large may take 2 * 1.3 times as long: small products are a little slower for their size."""


def products(batch: int) -> list[Callable[[], object]]:
    """The products of one step and nothing else: three forward, three for the weights, two for the way back."""
    rng = np.random.default_rng(0)

    def made(*shape: int) -> np.ndarray:
        return rng.standard_normal(shape, np.float32)

    values = [made(batch, SIZES[0] + 1).T, *(made(n + 1, batch) for n in SIZES[1:])]
    slopes = [made(n + 1, batch) for n in SIZES]
    weights = [made(n, m + 1) for m, n in pairwise(SIZES)]
    forward = [partial(w.dot, x, y[:-1]) for w, x, y in zip(weights, values, values[1:], strict=False)]
    to_weights = [
        partial(d[:-1].dot, x.T, np.empty_like(w)) for d, x, w in zip(slopes[1:], values, weights, strict=False)
    ]
    back = [partial(w.T.dot, d[:-1], e) for w, d, e in zip(weights[1:], slopes[2:], slopes[1:], strict=False)]
    return [*forward, *to_weights, *back]


def repeated(calls: list[Callable[[], object]], count: int) -> Callable[[], None]:
    def run() -> None:
        for _ in range(count):
            for call in calls:
                call()

    return run


@pytest.mark.parametrize("batch", [32, 64, 128, 256])
def test_most_of_a_step_is_matrix_products(batch, benchmark):
    subject, count = trainer(batch, DATA), STEPS // batch
    share = ratio(repeated(products(batch), count), lambda: subject.steps(count))
    benchmark.extra_info |= {"share_of_products": round(share, 3)}
    benchmark(subject.steps, count)
    benchmark.extra_info["samples_per_second"] = round(count * batch / benchmark.stats["median"])
    if batch >= 64:
        assert share >= SHARE


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
