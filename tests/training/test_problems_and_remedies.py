"""What goes wrong in deep networks and what helps, measured on generated digits, and on real ones if they are here.

Published numbers, and those measured elsewhere, are for real digits; where a bound here differs, it is a floor safely
under what is reached.
"""

import os
from functools import cache

import numpy as np
import pytest

from nnplayground.data.datasets import Dataset
from nnplayground.data.datasets.generated_digits import GeneratedDigits
from nnplayground.data.datasets.mnist import Mnist
from nnplayground.data.sources import MNIST
from nnplayground.data.task import Data
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.initializers import Initializer
from nnplayground.engine.initializers.glorot_normal import GlorotNormal
from nnplayground.engine.initializers.he import HeNormal
from nnplayground.engine.initializers.lecun_normal import LeCunNormal
from nnplayground.engine.initializers.normal import Normal
from nnplayground.engine.layers.activation_layer import ActivationLayer
from nnplayground.engine.layers.batch_normalization import BatchNormalization
from nnplayground.engine.layers.conv_2d import Conv2D
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.dropout import Dropout
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.layers.max_pooling_2d import MaxPooling2D
from nnplayground.engine.losses.binary_cross_entropy import BinaryCrossEntropy
from nnplayground.engine.metrics import accuracy
from nnplayground.engine.optimizers.adagrad import AdaGrad
from nnplayground.engine.optimizers.adam import Adam
from nnplayground.engine.optimizers.momentum import Momentum
from nnplayground.engine.optimizers.sgd import SGD
from nnplayground.engine.plan import predict
from nnplayground.training.experiment import Experiment
from nnplayground.training.trainer import Diverged, Trainer

DIGITS = GeneratedDigits(samples=5_000)
HEAD = Dense(10, Softmax())
needs_mnist = pytest.mark.skipif(
    not os.environ.get("NNPLAYGROUND_DATA_DIR") or bool(MNIST.missing()),
    reason="NNPLAYGROUND_DATA_DIR has no mnist folder",
)


@cache
def digits(samples: int = 5_000, dataset: Dataset = DIGITS) -> Data:
    """The first `samples` training digits, and others to test on: 833, or 10,000 real ones."""
    data = dataset.load()
    return Data(data.input_shape, data.task, data.train_rows[:samples], data.train_labels[:samples],
                data.test_rows, data.test_labels)  # fmt: skip


def experiment(*layers, samples: int = 5_000, dataset: Dataset = DIGITS, **settings) -> Trainer:
    data = digits(samples, dataset)
    return Trainer(Experiment(dataset=dataset, layers=(Flatten(), *layers, HEAD), **settings), data)


def trained(*layers, epochs: int, **settings) -> tuple[float, float]:
    """Accuracy on training and test digits after `epochs`."""
    subject = experiment(*layers, **settings)
    try:
        subject.steps(epochs * subject.steps_per_epoch)
    except Diverged:
        return 0.1, 0.1
    return right(subject)


def right(subject: Trainer) -> tuple[float, float]:
    """Accuracy on training and test digits."""
    found = subject.evaluate(limit=None)
    return found.train_accuracy, found.test_accuracy


def deep(activation, depth: int = 5, width: int = 100) -> list[Dense]:
    return [Dense(width, activation)] * depth


def test_five_hidden_layers_learn_only_with_the_right_start_and_activation():
    settings = {"epochs": 5, "learning_rate": 0.1, "batch_size": 50}
    assert trained(*deep(Sigmoid()), initializer=GlorotNormal(), **settings)[1] < 0.3
    assert trained(*deep(ReLU()), initializer=Normal(0.01), **settings)[1] < 0.3
    assert trained(*deep(ReLU()), initializer=HeNormal(), **settings)[1] > 0.8
    assert trained(*deep(Tanh()), initializer=GlorotNormal(), **settings)[1] > 0.8


def test_small_weights_keep_the_loss_where_it_is():
    """Published after 1900 steps, at a third of this rate: 2.305, 0.377 and 0.286."""
    small, xavier, he = (
        np.mean(experiment(*deep(ReLU(), 4), initializer=rule, learning_rate=0.03, batch_size=128).steps(633)[-100:])
        for rule in (Normal(0.01), GlorotNormal(), HeNormal())
    )
    assert small == pytest.approx(2.305, abs=0.01)
    assert (xavier, he) == pytest.approx((0.377, 0.286), abs=0.15)
    assert he < xavier - 0.1


def after_5000_steps(dataset: Dataset, data: Data, rule: Initializer) -> float:
    """Accuracy of 30 sigmoids on test digits, learnt ten at a time."""
    subject = Trainer(
        Experiment(
            dataset=dataset, layers=(Flatten(), Dense(30, Sigmoid()), Dense(10, Sigmoid())), initializer=rule,
            loss=BinaryCrossEntropy(), learning_rate=1.0, batch_size=10, l2=1e-5,
        ),
        data,
    )  # fmt: skip
    subject.steps(5_000)
    return right(subject)[1]


def test_weights_of_spread_1_learn_late():
    """Published for the first epoch with 50,000 digits: 0.9270 from spread 1/sqrt(n), 0.8643 from spread 1."""
    narrow, wide = (after_5000_steps(DIGITS, digits(), rule) for rule in (LeCunNormal(), Normal(1.0)))
    assert narrow > 0.82
    assert wide < narrow - 0.06


@needs_mnist
def test_weights_of_spread_1_learn_real_digits_as_late_as_published():
    real = Mnist(samples=50_000)
    data = real.load()
    assert after_5000_steps(real, data, LeCunNormal()) == pytest.approx(0.9270, abs=0.01)
    assert after_5000_steps(real, data, Normal(1.0)) == pytest.approx(0.8643, abs=0.015)


RATES = (0.001, 0.01, 0.1, 1.0, 3.0, 10.0)


def by_rate(dataset: Dataset) -> list[float]:
    """Accuracy on test digits after three epochs at each rate."""
    settings = {"initializer": HeNormal(), "epochs": 3, "batch_size": 50, "dataset": dataset}
    return [trained(Dense(50, ReLU()), learning_rate=rate, **settings)[1] for rate in RATES]


def test_a_learning_rate_is_hard_to_choose():
    """At rate 1 luck decides between 0.2 and 0.8 on these digits; 0.828 was measured on real ones."""
    low, lower, best, high, higher, highest = by_rate(DIGITS)
    assert (low, lower, best) == pytest.approx((0.221, 0.733, 0.862), abs=0.1)
    assert low < lower < best > high
    assert (higher, highest) == pytest.approx((0.106, 0.106), abs=0.04)


@needs_mnist
def test_the_learning_rates_of_real_digits_reach_what_was_measured_elsewhere():
    found = by_rate(Mnist(samples=5_000))
    assert found[:3] == pytest.approx([0.221, 0.733, 0.862], abs=0.06)
    assert found[3] == pytest.approx(0.828, abs=0.12)
    assert found[4:] == pytest.approx([0.106, 0.106], abs=0.03)


def test_cleverer_optimizers_are_ahead_after_a_hundred_steps():
    rates = {SGD(): 0.01, Momentum(): 0.01, AdaGrad(start=0): 0.01, Adam(): 0.001}
    losses = {}
    for optimizer, rate in rates.items():
        subject = experiment(
            *deep(ReLU(), 4), initializer=HeNormal(), optimizer=optimizer, learning_rate=rate, batch_size=128
        )
        losses[optimizer.id] = np.mean(subject.steps(100)[-10:])
    assert all(losses[name] < 0.7 * losses["sgd"] for name in ("momentum", "adagrad", "adam"))


OVERFITTING = {"samples": 300, "epochs": 120, "batch_size": 100, "initializer": HeNormal(), "learning_rate": 0.05}


def test_few_digits_are_learnt_by_heart():
    train, test = trained(*deep(ReLU(), 6), **OVERFITTING)
    assert train == 1
    assert test < 0.85


def test_decay_narrows_the_gap_shortens_the_weights_and_does_not_make_the_answers_better():
    """Measured elsewhere after 201 epochs at half of this rate: 1.00 and 0.765, with decay 0.883 and 0.703."""
    plain, decayed = (
        experiment(*deep(ReLU(), 6), **{**OVERFITTING, "epochs": 100, "learning_rate": 0.02}, l2=l2) for l2 in (0, 0.1)
    )
    for subject in (plain, decayed):
        subject.steps(100 * subject.steps_per_epoch)
    (train, test), (decayed_train, decayed_test) = right(plain), right(decayed)
    assert train - test > 0.2
    assert decayed_train - decayed_test < train - test - 0.054
    assert 0.5 < decayed_test < test
    assert np.linalg.norm(decayed.parameters) < 0.7 * np.linalg.norm(plain.parameters)


def test_dropout_keeps_digits_from_being_learnt_by_heart():
    """Published at a fifth of this rate for 301 epochs: 0.670 and 0.548, but nothing made up for silenced units there."""
    plain = deep(ReLU(), 6)
    silenced = [part for layer in plain for part in (layer, Dropout(0.2))]
    (plain_train, plain_test), (train, test) = (
        np.mean([trained(*layers, **{**OVERFITTING, "epochs": 60, "seed": seed}) for seed in (1, 2, 3)], axis=0)
        for layers in (plain, silenced)
    )
    assert 0.67 < train < plain_train - 0.05
    assert 0.548 < test < plain_test
    assert train - test < plain_train - plain_test - 0.02


def test_decay_makes_weights_smaller():
    lengths = []
    for decay in (0.0, 0.1):
        subject = experiment(Dense(50, ReLU()), weight_decay=decay, learning_rate=0.1)
        subject.steps(300)
        lengths.append(np.linalg.norm(subject.parameters))
    assert lengths[1] < 0.8 * lengths[0]


def test_more_digits_help_more_than_anything():
    found = []
    for samples in (100, 500, 5_000):
        subject = experiment(Dense(30, ReLU()), samples=samples, batch_size=20, learning_rate=0.1)
        subject.steps(1000)
        found.append(subject.evaluate().test_accuracy)
    assert found[0] < found[1] < found[2]
    assert found[2] > found[0] + 0.15


@pytest.mark.parametrize(
    ("scale", "plain", "normalized"),
    [
        (1.0, 0.097, 0.419),
        (0.293, 0.979, 0.63),
        (0.158, 0.823, 0.763),
        (0.0858, 0.235, 0.89),
        (0.0136, 0.116, 1.0),
        (0.0001, 0.116, 0.523),
    ],
)
def test_normalization_forgives_the_start_at_almost_every_scale(scale, plain, normalized):
    """Accuracy on the training digits, as published for real ones."""
    settings = {"samples": 1000, "epochs": 20, "batch_size": 100, "learning_rate": 0.01, "initializer": Normal(scale)}
    block = Dense(100), BatchNormalization(momentum=0.9, epsilon=1e-7), ActivationLayer(ReLU())
    found = trained(*deep(ReLU()), **settings)[0], trained(*block * 5, **settings)[0]
    assert found == pytest.approx((plain, normalized), abs=0.15)
    assert (found[0] > found[1]) == (plain > normalized)


@pytest.mark.slow
def test_a_convolutional_network_reads_better_and_minds_shifts_less():
    settings = {"optimizer": Adam(), "learning_rate": 0.002, "batch_size": 50, "initializer": HeNormal()}
    convolution = Conv2D(8, 5, activation=ReLU()), MaxPooling2D(), Flatten(), Dense(64, ReLU()), HEAD
    networks = {"cnn": convolution, "mlp": (Flatten(), Dense(64, ReLU()), HEAD)}
    found = {}
    for name, layers in networks.items():
        subject = Trainer(Experiment(dataset=DIGITS, layers=layers, **settings), digits())
        subject.steps(3 * subject.steps_per_epoch)
        images = digits().x_test.reshape(-1, 28, 28)
        for shift in (0, 2):
            rows = np.roll(images, shift, axis=2).reshape(len(images), -1)
            found[name, shift] = accuracy(predict(subject.network, subject.parameters, rows), digits().test_labels)
    assert found["cnn", 0] > 0.9
    assert found["cnn", 0] > found["mlp", 0] + 0.01
    assert found["cnn", 2] > found["mlp", 2] + 0.05
