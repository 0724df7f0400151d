"""The textbook's network on its three classes: where descent ends, how right it is there, and what is possible at all."""

import numpy as np
import pytest

from nnplayground.data.datasets.three_classes import ThreeClasses
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.initializers.normal import Normal
from nnplayground.engine.layers.dense import Dense
from nnplayground.training.experiment import Experiment
from nnplayground.training.trainer import Trainer

DATA = ThreeClasses().load()


def textbook(rate: float) -> Trainer:
    """From the published start: 15 numbers of seed 1 with a spread of 0.01."""
    experiment = Experiment(learning_rate=rate, batch_size=100, initializer=Normal(0.01))
    return Trainer(experiment, DATA, np.random.RandomState(1).normal(0, 0.01, 15))


def test_twice_the_rate_gets_further_in_a_thousand_steps():
    subject = textbook(1.0)
    subject.steps(1000)
    found = subject.evaluate()
    assert (found.train_loss, found.test_loss) == pytest.approx((0.2084, 0.2684), abs=6e-5)
    assert (found.train_accuracy, found.test_accuracy) == pytest.approx((0.92, 0.90))


def test_the_loss_of_all_samples_falls_with_every_step():
    assert (np.diff(textbook(0.5).steps(1000)) < 0).all()


def test_one_layer_reads_this_data_about_as_well_as_can_be():
    """The best possible answer is right for 0.94 of these test samples; a line between the classes for 0.91."""
    subject = Trainer(Experiment(layers=(Dense(3, Softmax()),), learning_rate=0.5, batch_size=100), DATA)
    subject.steps(1000)
    assert subject.evaluate().test_accuracy == pytest.approx(0.91, abs=0.011)
