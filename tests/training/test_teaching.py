"""Teaching one drawing: it is read rightly afterwards, the price is measured, and it can be taken back."""

import numpy as np
import pytest

from nnplayground.engine.plan import predict
from nnplayground.text import Problem, Text
from nnplayground.training import teaching
from nnplayground.training.commands import SetParameters, Step, Teach
from nnplayground.training.run import Run
from nnplayground.training.session import Session
from nnplayground.training.teaching import Lesson, few_samples, teach
from tests.training.digits import READER, answers, reader, seer
from tests.training.sessions import wait


@pytest.fixture(autouse=True)
def _all_the_time(monkeypatch):
    """A busy machine must not end a lesson early."""
    monkeypatch.setattr(teaching, "SECONDS", 60.0)
    monkeypatch.setattr(teaching, "STEPS", 150)


def misread(trainer, count: int) -> list[tuple[np.ndarray, int]]:
    """Test digits that are read wrongly, and what they are."""
    wrong = np.flatnonzero(answers(trainer) != trainer.data.test_labels)[:count]
    return [(trainer.data.x_test[i], int(trainer.data.test_labels[i])) for i in wrong]


@pytest.mark.parametrize(("make", "count"), [(reader, 6), (seer, 1)])
def test_a_misread_digit_is_read_rightly_after_its_lesson_and_little_is_forgotten(make, count):
    trainer = make()
    before = trainer.parameters.copy()
    lessons = [teach(trainer.network, before, trainer.data, row, label) for row, label in misread(trainer, count)]
    np.testing.assert_array_equal(trainer.parameters, before)
    for (row, label), lesson in zip(misread(trainer, count), lessons, strict=True):
        assert lesson.is_learnt
        found = predict(trainer.network, lesson.parameters_after, row[None])[0]
        np.testing.assert_allclose(found, lesson.after, atol=1e-6)
        assert found.argmax() == label != lesson.before.argmax()
        np.testing.assert_array_equal(lesson.parameters_before, before)
        right = predict(trainer.network, lesson.parameters_after, trainer.data.x_test).argmax(axis=1)
        assert lesson.accuracy_after == pytest.approx(np.mean(right == trainer.data.test_labels))
        assert lesson.is_costly == (lesson.accuracy_before - lesson.accuracy_after > 0.01)
    assert np.mean([lesson.forgotten for lesson in lessons]) < 0.01


def test_copies_of_the_drawing_are_learnt_with_it():
    trainer = reader()
    row, label = misread(trainer, 1)[0]
    lesson = teach(trainer.network, trainer.parameters, trainer.data, row, label)
    moved = np.stack([np.roll(row.reshape(28, 28), s, axis=(0, 1)).ravel() for s in ((0, 1), (1, 0), (0, -1), (-1, 0))])
    before, after = (
        predict(trainer.network, p, moved)[:, label].mean() for p in (trainer.parameters, lesson.parameters_after)
    )
    assert after > before + 0.3


def test_what_is_known_already_is_left_nearly_as_it_is():
    trainer = reader()
    shares = predict(trainer.network, trainer.parameters, trainer.data.x_test)
    best = int(shares.max(axis=1).argmax())
    lesson = teach(
        trainer.network, trainer.parameters, trainer.data, trainer.data.x_test[best], int(shares[best].argmax())
    )
    assert lesson.is_learnt
    assert lesson.steps < 60


def test_a_class_that_there_is_not_is_refused():
    trainer = reader()
    with pytest.raises(Problem, match="11 is no class"):
        teach(trainer.network, trainer.parameters, trainer.data, trainer.data.x_test[0], 11)


def test_a_network_that_was_opened_without_its_data_rehearses_with_some_of_it():
    trainer = reader()
    subject = Run(READER.replace(dataset=READER.dataset.replace(samples=100_000)), lambda e: trainer.parameters)
    row, label = misread(trainer, 1)[0]
    subject.teach(row, label)
    assert not subject.is_loaded
    assert subject.lesson.is_learnt
    np.testing.assert_array_equal(subject.parameters, subject.lesson.parameters_after)
    assert len(few_samples(subject.experiment.dataset).x_train) == 6_000


def test_a_lesson_is_given_in_the_thread_and_undone_from_the_window():
    trainer = reader()
    row, label = misread(trainer, 1)[0]
    session = Session(READER, parameters=trainer.parameters)
    try:
        session.send(Step())
        before = wait(session, lambda s: s.state == "paused")
        assert before.lesson is None
        session.send(Teach(row, label))
        taught = wait(session, lambda s: s.lesson is not None)
        lesson = taught.lesson
        assert isinstance(lesson, Lesson)
        assert predict(taught.network, taught.parameters, row[None])[0].argmax() == label
        assert taught.curves.marks[-1].text.en == f"taught: {label}"
        session.send(SetParameters(lesson.parameters_before, Text.same("undo")))
        back = wait(session, lambda s: s.answered == 3)
        np.testing.assert_array_equal(back.parameters, before.parameters)
    finally:
        assert session.close(20)
