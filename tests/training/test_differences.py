"""Training by numerical differentiation: the same way down, only slower."""

import numpy as np
import pytest

from nnplayground.engine.activations.rrelu import RReLU
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.initializers.normal import Normal
from nnplayground.engine.layers.activation_layer import ActivationLayer
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.dropout import Dropout
from nnplayground.text import Problem
from nnplayground.training.experiment import Experiment
from nnplayground.training.trainer import Trainer

TEXTBOOK = Experiment(learning_rate=0.5, batch_size=100, initializer=Normal(0.01))
DATA = TEXTBOOK.dataset.load()


def run(experiment: Experiment, steps: int) -> tuple[Trainer, np.ndarray]:
    subject = Trainer(experiment, DATA, np.random.RandomState(1).normal(0, 0.01, 15))
    return subject, subject.steps(steps)


def test_the_textbook_run_ends_where_backpropagation_ends():
    subject, losses = run(TEXTBOOK.replace(numerical=True), 1000)
    found = subject.evaluate()
    assert (found.train_loss, found.test_loss) == pytest.approx((0.22335, 0.29465), abs=1e-5)
    assert (found.train_accuracy, found.test_accuracy) == (0.91, 0.88)
    _, others = run(TEXTBOOK, 1000)
    np.testing.assert_allclose(losses, others, rtol=0, atol=1e-5)


def test_switching_during_the_run_goes_on_from_the_same_parameters():
    experiment = TEXTBOOK.replace(
        layers=(Dense(4, Tanh()), Dense(3, Softmax())), batch_size=25, class_weights=(1, 2, 1)
    )
    straight, switching = Trainer(experiment, DATA), Trainer(experiment, DATA)
    straight.steps(30)
    switching.steps(10)
    switching.configure(experiment.replace(numerical=True))
    switching.steps(10)
    switching.configure(experiment)
    switching.steps(10)
    np.testing.assert_allclose(straight.parameters, switching.parameters, atol=1e-4)


def test_too_many_parameters_are_refused_with_the_number_of_losses():
    with pytest.raises(Problem, match=r"6003 parameters needs 12006 losses .* at most 2000 parameters"):
        TEXTBOOK.replace(layers=(Dense(1000), Dense(3, Softmax())), numerical=True).network()


@pytest.mark.parametrize("drawing", [Dropout(0.5), ActivationLayer(RReLU())], ids=["dropout", "rrelu"])
def test_layers_that_draw_random_numbers_draw_those_of_backpropagation(drawing):
    layers = (Dense(8, Tanh()), drawing, Dense(3, Softmax()))
    experiment = TEXTBOOK.replace(layers=layers, batch_size=20, initializer=Normal(0.5))
    one, other = Trainer(experiment, DATA), Trainer(experiment.replace(numerical=True), DATA)
    np.testing.assert_allclose(one.steps(10), other.steps(10), atol=1e-4)
    np.testing.assert_allclose(one.parameters, other.parameters, atol=1e-4)
