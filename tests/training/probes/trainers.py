"""Trained networks for the tests of what is seen inside them."""

import numpy as np

from nnplayground.data.task import Data, Task, with_ones
from nnplayground.engine.layers import Layer
from nnplayground.training.experiment import Experiment
from nnplayground.training.trainer import Trainer


def trained(*layers: Layer, steps: int = 50, **settings) -> Trainer:
    """A network of `layers` on the three clouds of points."""
    experiment = (
        Experiment(layers=layers, batch_size=20, **settings) if layers else Experiment(batch_size=20, **settings)
    )
    subject = Trainer(experiment, experiment.dataset.load())
    subject.steps(steps)
    return subject


def images(classes: int = 3, size: int = 8, samples: int = 60, seed: int = 0) -> Data:
    """Images with a bright bar whose row is the class."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(classes, size=samples)
    x = rng.random((samples, 1, size, size)) * 0.2
    x[np.arange(samples), 0, labels + 1] += 0.7
    half = samples // 2
    task = Task(tuple(map(str, range(classes))))
    rows = with_ones(x)
    return Data((1, size, size), task, rows[:half], labels[:half], rows[half:], labels[half:])
