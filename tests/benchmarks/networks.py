"""What the benchmarks of training have in common: a network, made-up digits, and ratios that other programs do not spoil."""

import statistics
import time
from collections.abc import Callable, Iterable

import numpy as np

from nnplayground.data.task import Data, Task, with_ones
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.layers.dense import Dense
from nnplayground.keras.compiling import Arrays
from nnplayground.training.experiment import Experiment
from nnplayground.training.trainer import Trainer

DIGITS = Task(tuple("0123456789"))
SAMPLES = 12_800


def made_up(features: int = 784, samples: int = SAMPLES) -> Data:
    """Data of the size of digits; what it says makes no difference to the time."""
    rng = np.random.default_rng(0)
    rows, labels = with_ones(rng.random((samples, features), np.float32)), rng.integers(0, 10, samples)
    return Data((features,), DIGITS, rows, labels, rows[:10], labels[:10])


def experiment(batch: int, *, hidden: tuple[int, int] = (256, 128), features: int = 784) -> Experiment:
    """784-256-128-10 with plain gradient descent, unless told otherwise."""
    layers = (Dense(hidden[0], Sigmoid()), Dense(hidden[1], ReLU()), Dense(10, Softmax()))
    return Experiment(dataset=Arrays((features,), DIGITS), layers=layers, batch_size=batch, learning_rate=0.01)


def trainer(batch: int, data: Data, **options: tuple[int, int]) -> Trainer:
    """A trainer that has done an epoch already: all its arrays are made."""
    found = Trainer(experiment(batch, features=data.x_train.shape[1], **options), data)
    found.steps(found.steps_per_epoch)
    return found


def seconds(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def fastest(runs: Iterable[Callable[[], object]], rounds: int = 15) -> list[float]:
    """The shortest time of each of `runs`, which take turns."""
    runs = list(runs)
    return [min(times) for times in zip(*[[seconds(run) for run in runs] for _ in range(rounds)], strict=True)]


def ratio(part: Callable[[], object], whole: Callable[[], object], rounds: int = 9) -> float:
    """The median of `part` / `whole`, timed in pairs, so that a slow moment of the machine meets both."""
    return statistics.median(seconds(part) / seconds(whole) for _ in range(rounds))
