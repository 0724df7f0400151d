from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnplayground.engine.plan import predict
from nnplayground.gui.controller import Controller
from nnplayground.gui.question import Answer, Question
from nnplayground.training.experiment import Experiment
from nnplayground.training.session import Session

POINT = np.array([0.3, -0.7], np.float32)


@pytest.fixture
def controller(qtbot: QtBot) -> Iterator[Controller]:
    made = Controller(Session(Experiment()))
    qtbot.waitUntil(lambda: made.newest is not None)
    yield made
    assert made.shutdown(10)


def test_the_answer_is_that_of_the_network(controller: Controller) -> None:
    question = Question(controller)
    question.ask(POINT)
    newest = controller.newest
    assert newest is not None
    assert question.answer is not None
    expected = predict(newest.network, newest.parameters, POINT[None])[0]
    np.testing.assert_allclose(question.answer.values, expected, atol=1e-6)
    assert question.answer.prediction == int(expected.argmax())
    assert question.answer.classes == ("0", "1", "2")


def test_it_is_renewed_while_the_network_learns(controller: Controller, qtbot: QtBot) -> None:
    question = Question(controller)
    question.ask(POINT)
    before = question.answer
    told: list[Answer] = []
    question.answered.connect(told.append)
    question.renew()
    assert told == []
    controller.step("epoch")
    controller.settled(10)
    question.renew()
    assert told == [question.answer]
    assert question.answer != before


def test_taking_it_back_is_told(controller: Controller) -> None:
    question = Question(controller)
    told: list[Answer | None] = []
    question.ask(POINT)
    question.answered.connect(told.append)
    question.ask(None)
    question.ask(None)
    assert told == [None]


def test_a_question_of_another_size_has_no_answer(controller: Controller) -> None:
    question = Question(controller)
    question.ask(np.zeros(784, np.float32))
    assert question.answer is None


def test_numbers_that_explode_have_no_answer(controller: Controller) -> None:
    question = Question(controller)
    question.ask(np.array([np.nan, 0], np.float32))
    assert question.answer is None
