"""A small network that has learnt to read generated digits fairly well."""

from functools import lru_cache

import numpy as np

from nnplayground.data.datasets.generated_digits import GeneratedDigits
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.layers.batch_normalization import BatchNormalization
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.layers.max_pooling_2d import MaxPooling2D
from nnplayground.engine.optimizers.adam import Adam
from nnplayground.engine.plan import predict
from nnplayground.training.experiment import Experiment
from nnplayground.training.trainer import Trainer

TEN = Dense(10, Softmax())
READER = Experiment(
    dataset=GeneratedDigits(samples=2500), layers=(Flatten(), Dense(64, ReLU()), Dense(32, ReLU()), TEN),
    optimizer=Adam(), learning_rate=0.003, batch_size=50,
)  # fmt: skip
SEER = READER.replace(
    dataset=GeneratedDigits(samples=1000),
    layers=(Conv2D(6, 5, activation=ReLU()), BatchNormalization(), MaxPooling2D(3), Flatten(), Dense(24, ReLU()), TEN),
)


@lru_cache
def reader() -> Trainer:
    """784-64-32-10; not to be changed."""
    return _trained(READER, 250)


@lru_cache
def seer() -> Trainer:
    """A convolution with batch normalization; not to be changed."""
    return _trained(SEER, 80)


def _trained(experiment: Experiment, steps: int) -> Trainer:
    subject = Trainer(experiment, experiment.dataset.load())
    subject.steps(steps)
    return subject


def answers(trainer: Trainer) -> np.ndarray:
    """The class of every test digit, as the network reads it."""
    return predict(trainer.network, trainer.parameters, trainer.data.x_test).argmax(axis=1)
