"""What schedule, clipping and weights of classes and samples do to a run."""

import dataclasses

import numpy as np
import pytest

from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.plan import predict
from nnplayground.engine.schedules.steps import Steps
from nnplayground.text import Problem
from nnplayground.training.experiment import Experiment
from nnplayground.training.trainer import Trainer

SMALL = Experiment(layers=(Dense(8, ReLU()), Dense(3, Softmax())), batch_size=25, learning_rate=0.1)
DATA = SMALL.dataset.load()


def moved(experiment: Experiment, data=DATA) -> np.ndarray:
    """How far the first step goes."""
    subject = Trainer(experiment, data)
    before = subject.parameters.copy()
    subject.step()
    return subject.parameters - before


def test_the_schedule_multiplies_the_rate_as_epochs_go_by():
    subject = Trainer(SMALL.replace(schedule=Steps(every=1, drop=0.5)), DATA)
    rates = []
    for _ in range(9):
        rates.append(subject.learning_rate)
        subject.step()
    assert rates == [0.1] * 4 + [0.05] * 4 + [0.025]


def test_a_smaller_rate_makes_a_smaller_step():
    scheduled = moved(SMALL.replace(learning_rate=0.2, schedule=Steps(every=1, drop=0.5)))
    np.testing.assert_array_equal(scheduled, moved(SMALL.replace(learning_rate=0.2)))
    np.testing.assert_allclose(moved(SMALL), scheduled / 2, rtol=1e-4, atol=1e-7)


def test_a_long_gradient_is_cut_to_length_and_keeps_its_direction():
    free, cut, roomy = (moved(SMALL.replace(clip=c)) for c in (0.0, 0.01, 100.0))
    assert np.linalg.norm(cut) == pytest.approx(0.1 * 0.01, rel=1e-3)
    np.testing.assert_allclose(cut / np.linalg.norm(cut), free / np.linalg.norm(free), atol=1e-3)
    np.testing.assert_allclose(roomy, free, rtol=1e-4, atol=1e-8)


def test_a_class_without_weight_is_never_learnt():
    def share_of_class_1(weights: tuple[float, ...]) -> float:
        subject = Trainer(SMALL.replace(class_weights=weights), DATA)
        subject.steps(400)
        assert subject.evaluate().test_accuracy > 0.5
        shares = predict(subject.network, subject.parameters, DATA.x_train)
        return float(np.mean(shares.argmax(axis=1) == 1))

    assert share_of_class_1(()) > 0.3
    assert share_of_class_1((1.0, 0.0, 1.0)) == 0


def test_weights_of_samples_and_classes_are_multiplied():
    doubled = dataclasses.replace(DATA, train_weights=np.full(len(DATA.train_labels), 2.0, np.float32))
    np.testing.assert_allclose(moved(SMALL, doubled), 2 * moved(SMALL), rtol=1e-3, atol=1e-7)
    back = moved(SMALL.replace(class_weights=(0.5, 0.5, 0.5)), doubled)
    np.testing.assert_allclose(back, moved(SMALL), rtol=1e-3, atol=1e-7)


@pytest.mark.parametrize("weights", [(1.0, 2.0), (1.0, -1.0, 1.0), (float("nan"),) * 3])
def test_class_weights_that_make_no_sense_are_refused(weights):
    with pytest.raises(Problem, match="class weights .* give 3 numbers from 0"):
        SMALL.replace(class_weights=weights).network()
