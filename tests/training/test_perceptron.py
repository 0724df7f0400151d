"""The perceptron rule on logic gates."""

import numpy as np
import pytest

from nnplayground.data.datasets.logic_gates import LogicGates
from nnplayground.text import Problem
from nnplayground.training.perceptron import PerceptronTrainer


def trainer(gate: str) -> PerceptronTrainer:
    data = LogicGates(gate=gate).load()
    return PerceptronTrainer(data.x_train, data.train_labels)


@pytest.mark.parametrize(
    ("gate", "w", "b", "table"),
    [
        ("and", (0.5, 0.5), -0.7, (0, 0, 0, 1)),
        ("nand", (-0.5, -0.5), 0.7, (1, 1, 1, 0)),
        ("or", (0.5, 0.5), -0.2, (0, 1, 1, 1)),
    ],
)
def test_the_gates_of_the_textbook(gate, w, b, table):
    subject = trainer(gate)
    subject.weights[:], subject.bias = w, b
    np.testing.assert_array_equal(subject.predict(subject.x), table)
    assert subject.evaluate().train_accuracy == 1
    assert not subject.steps(4).any()
    np.testing.assert_array_equal(subject.weights, w)


@pytest.mark.parametrize(("gate", "epoch"), [("and", 6), ("or", 4), ("nand", 6)])
def test_separable_gates_are_learnt_from_zero(gate, epoch):
    subject = trainer(gate)
    assert subject.train(100) == epoch
    assert subject.evaluate().train_accuracy == 1


def test_no_line_separates_xor():
    subject = trainer("xor")
    assert subject.train(99) is None
    assert subject.steps(4).sum() == 4


def test_two_layers_of_steps_make_xor():
    nand, either, both = trainer("nand"), trainer("or"), trainer("and")
    for subject in (nand, either, both):
        subject.train(10)
    middle = np.stack([nand.predict(nand.x), either.predict(either.x)], axis=1)
    np.testing.assert_array_equal(both.predict(middle), [0, 1, 1, 0])


def test_a_threshold_is_a_bias_with_the_other_sign():
    subject = trainer("and")
    subject.weights[:], subject.bias = (0.5, 0.5), -0.7
    np.testing.assert_array_equal(subject.predict(subject.x), subject.x @ (0.5, 0.5) > 0.7)


@pytest.mark.parametrize("labels", [[0, 1], [0, 1, 2, 0], [[0], [1], [0], [1]]])
def test_labels_that_do_not_fit_are_refused(labels):
    with pytest.raises(Problem, match="as many labels, each 0 or 1"):
        PerceptronTrainer(np.zeros((4, 2)), labels)
