"""Training by numerical differentiation: the same way down, only slower."""

import numpy as np
import pytest

from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.initializers.normal import Normal
from nnplayground.engine.layers.dense import Dense
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
    assert found.train_loss == pytest.approx(0.22335, abs=1e-3)
    assert found.test_loss == pytest.approx(0.29465, abs=1e-3)
    _, others = run(TEXTBOOK, 1000)
    np.testing.assert_allclose(losses, others, atol=2e-4)


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
