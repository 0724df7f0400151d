"""Moving many parameters: in pieces that stay in the cache, with the same result as all at once."""

import numpy as np
import pytest

from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.losses.mean_squared_error import MeanSquaredError
from nnplayground.engine.network import Network, NetworkSpec
from nnplayground.engine.optimizers import optimizers
from nnplayground.training.descent import BLOCK, descent
from nnplayground.training.experiment import Experiment

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
