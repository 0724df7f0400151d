"""Moving many parameters: in pieces that stay in the cache, with the same result as all at once."""

import numpy as np
import pytest

from nnplayground.data.datasets.three_classes import ThreeClasses
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.losses.mean_squared_error import MeanSquaredError
from nnplayground.engine.network import Network, NetworkSpec
from nnplayground.engine.optimizers import optimizers
from nnplayground.training.descent import BLOCK, descent, flush
from nnplayground.training.experiment import Experiment
from nnplayground.training.trainer import Trainer

NETWORK = Network(NetworkSpec((1100,), (Dense(250),), MeanSquaredError()))


@pytest.mark.parametrize("id", optimizers)
@pytest.mark.parametrize("clip", [0.0, 1.0])
def test_pieces_move_as_the_whole_does(id, clip):
    assert NETWORK.trainable > 2 * BLOCK and NETWORK.trainable % BLOCK
    optimizer, rng = optimizers[id](), np.random.default_rng(0)
    start = rng.normal(size=NETWORK.trainable).astype(np.float32)
    pieces, whole = start.copy(), start.copy()
    gradients, work = np.empty_like(start), np.empty_like(start)
    state, whole_state = ([np.zeros_like(start) for _ in range(optimizer.slots)] for _ in range(2))
    experiment = Experiment(optimizer=optimizer, clip=clip)
    found = descent(experiment, NETWORK, pieces, gradients, state, None)
    for number in (1, 2, 3):
        slope = rng.normal(size=start.shape).astype(np.float32)
        gradients[...] = np.float32(0.01) * slope if found.takes_steps else slope
        found.move(0.01, number)
        if clip:
            slope *= min(1.0, clip / float(np.sqrt(np.dot(slope, slope))))
        optimizer.update(whole, slope, whole_state, work, 0.01, number)
    np.testing.assert_allclose(pieces, whole, rtol=1e-6, atol=1e-7)
    for mine, other in zip(state, whole_state, strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-5, atol=1e-10)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_n15_what_adds_to_nothing_any_more_is_set_to_0(dtype):
    tiny = np.finfo(dtype).tiny
    numbers = np.array([1.0, -1e-20, tiny * 1e9, -tiny, tiny / 8, -tiny / 1024, 0.0, np.inf, np.nan], dtype)
    flush(numbers)
    np.testing.assert_array_equal(
        numbers, np.array([1, -1e-20, tiny * 1e9 if dtype == np.float32 else 0, 0, 0, 0, 0, np.inf, np.nan], dtype)
    )


@pytest.mark.parametrize("id", ["momentum", "nesterov", "adam", "rmsprop", "adadelta", "nadam"])
@pytest.mark.parametrize("samples", [64, 12_000])
def test_n15_units_that_died_leave_no_numbers_that_slow_the_processor_down(id, samples):
    experiment = Experiment(
        dataset=ThreeClasses(samples=samples), layers=(Dense(200, ReLU()), Dense(3, Softmax())),
        optimizer=optimizers[id](), learning_rate=1e-4, batch_size=10,
    )  # fmt: skip
    trainer = Trainer(experiment, experiment.load_data())
    trainer.steps(20)
    dead = trainer.parameters.copy()
    dead[:600] = np.tile([0.0, 0.0, -100.0], 200)  # no sample reaches them any more
    trainer.rewrite(dead)
    trainer.steps(1_500)
    for array in (trainer.parameters, *trainer.state):
        small = np.abs(array[array != 0])
        assert small.size and small.min() > 1e-37
