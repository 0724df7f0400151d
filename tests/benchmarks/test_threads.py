"""Threads for the matrix products: what one, two and more of them make of a training step.

pytest tests/benchmarks/test_threads.py
"""

import os
from functools import partial

import pytest
from threadpoolctl import threadpool_limits

from nnplayground.training import threads
from tests.benchmarks.networks import made_up, seconds, trainer

CHOICES = sorted({1, threads.count(), os.cpu_count() or 1})


@pytest.mark.parametrize("batch", [32, 64, 128, 256])
@pytest.mark.parametrize("count", CHOICES)
def test_steps_with_so_many_threads(count, batch, benchmark):
    with threadpool_limits(count, user_api="blas"):
        subject = trainer(batch, made_up())
        benchmark(subject.steps, 3_200 // batch)
    benchmark.extra_info["samples_per_second"] = round(3_200 // batch * batch / benchmark.stats["median"])


def test_the_chosen_number_of_threads_is_not_the_worse_one(benchmark):
    """The threads that training takes by itself are within a tenth of the best choice."""
    subject, best = trainer(64, made_up()), dict.fromkeys(CHOICES, float("inf"))
    for _ in range(15):
        for count in CHOICES:
            with threadpool_limits(count, user_api="blas"):
                best[count] = min(best[count], seconds(partial(subject.steps, 50)))
    benchmark.extra_info["samples_per_second"] = {str(n): round(50 * 64 / t) for n, t in best.items()}
    benchmark(subject.steps, 50)
    assert best[threads.count()] <= 1.1 * min(best.values())
