"""Numbers too small for their full precision (below 1.2e-38 in single precision), which processors are slow with.

OPENBLAS_NUM_THREADS=1 pytest tests/benchmarks/test_denormals.py
"""

import numpy as np
import pytest

from nnplayground.training.trainer import Trainer
from tests.benchmarks.networks import experiment, made_up, ratio, trainer

DATA = made_up(samples=3_200)
STEPS = 10
SLOWER = 5
"""Times that a step may take."""


@pytest.mark.parametrize("size", [1e-39, 1e-42])
def test_n15_a_step_with_tiny_weights_is_not_much_slower(size: float) -> None:
    settings = experiment(64).replace(learning_rate=1e-6)
    usual = trainer(64, DATA)
    signs = np.random.default_rng(0).choice([-1, 1], usual.parameters.size)
    tiny = Trainer(settings, DATA, (signs * size).astype(np.float32))
    slower = ratio(lambda: tiny.steps(STEPS), lambda: usual.steps(STEPS))
    print(f"{slower:.2f} times the usual, {np.mean(np.abs(tiny.parameters) < 1.2e-38):.0%} denormal")
    assert slower <= SLOWER
