"""Draw, wrong, teach, right, forgetting shown, undo: with mouse and keys."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from nnplayground.gui.forgetting import ForgettingMeter, words_of
from nnplayground.gui.theme import LIGHT
from nnplayground.training import teaching
from nnplayground.training.teaching import Lesson
from tests.gui.driving import ONE, SEVEN, Driver
from tests.gui.pixels import like

Open = Callable[..., Driver]
UNUSUAL = ((0.5, 0.15), (0.45, 0.5), (0.3, 0.8)), ((0.3, 0.55), (0.75, 0.5))
"""A seven as some people write it: no network has seen it."""


@pytest.fixture(autouse=True)
def _all_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine must not end a lesson early."""
    monkeypatch.setattr(teaching, "SECONDS", 30.0)


def values(driver: Driver) -> np.ndarray:
    return np.array(driver.find(QWidget, "probabilities").property("values"))


def prediction(driver: Driver) -> int:
    return int(driver.find(QWidget, "probabilities").property("prediction"))


def taught(driver: Driver) -> Lesson:
    """Wait for the end of the lesson."""
    driver.wait(lambda: driver.window.desk.teacher.lesson is not None)
    return driver.window.desk.teacher.lesson


def parameters(driver: Driver) -> np.ndarray:
    return driver.window.controller.settled(30).parameters


def wrong_label(driver: Driver) -> int:
    """What the drawing is, if the network is wrong."""
    return 7 if prediction(driver) != 7 else 1


def test_draw_wrong_teach_right_forgetting_undo(drive: Open) -> None:
    driver = drive(None)
    row = driver.find(QWidget, "teach_row")
    assert not row.isVisible()

    driver.draw(*UNUSUAL)
    assert row.isVisible()
    label, read, before = wrong_label(driver), values(driver), parameters(driver)
    driver.click(f"teach_{label}")
    assert not driver.find(QToolButton, f"teach_{label}").isEnabled(), "one lesson at a time"

    lesson = taught(driver)
    assert prediction(driver) == label
    np.testing.assert_allclose(values(driver), lesson.after, atol=1e-5)
    np.testing.assert_allclose(driver.find(QWidget, "probabilities").plot._before, read, atol=1e-5)
    told = driver.find(QLabel, "teach_told")
    assert told.isVisible() and f"“{label}”" in told.text() and f"{lesson.after[label]:.0%}" in told.text()
    cost, meter = driver.find(QLabel, "teach_cost"), driver.find(ForgettingMeter, "forgetting_meter")
    assert cost.isVisible() and f"{max(100 * lesson.forgotten, 0):.1f}" in cost.text()
    assert meter.isVisible() and meter.color == (LIGHT.error if lesson.is_costly else LIGHT.success)

    driver.click("teach_undo")
    assert np.array_equal(parameters(driver), before)
    driver.wait(lambda: np.allclose(values(driver), read, atol=1e-6))
    assert not told.isVisible() and not len(driver.find(QWidget, "probabilities").plot._before)

    driver.key("y", Qt.KeyboardModifier.ControlModifier)
    driver.action("redo").trigger() if driver.action("redo").isEnabled() else None
    assert np.array_equal(parameters(driver), lesson.parameters_after)


def test_a_key_teaches_and_ctrl_z_takes_it_back(drive: Open) -> None:
    driver = drive("digits")
    driver.draw(SEVEN)
    before = parameters(driver)
    label = (prediction(driver) + 3) % 10
    driver.find(QWidget, "digit_canvas").setFocus()
    driver.key(str(label))
    assert taught(driver).label == label
    assert "teaching" in driver.action("undo").text()
    driver.key("z", Qt.KeyboardModifier.ControlModifier)
    assert np.array_equal(parameters(driver), before)


def test_the_keys_teach_from_the_bars_too(digits_room: Open) -> None:
    driver = digits_room()
    driver.draw(SEVEN)
    for label in (3, 0):
        driver.find(QWidget, "probabilities").plot.view.setFocus()
        driver.key(str(label))
        assert taught(driver).label == label


def test_it_is_learnt_while_training_goes_on(digits_room: Open) -> None:
    driver = digits_room()
    driver.draw(SEVEN)
    driver.window.controller.play()
    driver.wait(lambda: driver.window.controller.newest.step > 3)
    driver.click("teach_4")
    lesson = taught(driver)
    assert lesson.label == 4 and driver.window.controller.is_running
    step = driver.window.controller.newest.step
    driver.wait(lambda: driver.window.controller.newest.step > step)


def test_another_drawing_ends_what_was_said_but_not_the_undo(digits_room: Open) -> None:
    driver = digits_room()
    driver.draw(SEVEN)
    before = parameters(driver)
    driver.click("teach_7")
    taught(driver)
    driver.click("clear_drawing")
    assert not driver.find(QWidget, "teach_row").isVisible()
    driver.draw(ONE)
    assert not driver.find(QLabel, "teach_told").isVisible()
    assert not driver.find(QToolButton, "teach_undo").isVisible()
    driver.window.document.undo_stack.undo()
    assert np.array_equal(parameters(driver), before)


def test_drawing_on_during_the_lesson_keeps_the_lesson_undoable(digits_room: Open) -> None:
    driver = digits_room()
    driver.draw(SEVEN)
    before = parameters(driver)
    driver.click("teach_7")
    driver.draw(ONE)
    driver.wait(lambda: driver.window.desk.teacher.label < 0)
    assert driver.window.desk.teacher.lesson is None
    driver.window.document.undo_stack.undo()
    assert np.array_equal(parameters(driver), before)


def test_a_lesson_that_is_refused_lets_the_next_one_begin(digits_room: Open) -> None:
    driver = digits_room()
    driver.draw(SEVEN)
    driver.window.document.change(layers=driver.window.document.experiment.layers[:1])
    driver.window.document.undo_stack.undo()
    driver.window.desk.teacher._controller.teach(np.zeros(3, np.float32), 99)
    driver.settle()
    driver.click("teach_7")
    assert taught(driver).label == 7


def a_lesson(before: float, after: float) -> Lesson:
    shares = np.eye(10, dtype=np.float32)
    nothing = np.zeros(1, np.float32)
    return Lesson(nothing, 7, shares[1], shares[7], before, after, nothing, nothing, 5)


@pytest.mark.parametrize(("after", "red"), [(0.952, False), (0.95, False), (0.9349, True), (0.5, True)])
def test_the_meter_is_red_beyond_a_point(ui, qtbot, after: float, red: bool) -> None:
    meter = ForgettingMeter(ui)
    qtbot.addWidget(meter)
    meter.resize(100, 14)
    lesson = a_lesson(0.95, after)
    meter.show_lesson(lesson)
    assert bool(like(meter, LIGHT.error, 20).any()) == red
    filled = like(meter, LIGHT.error if red else LIGHT.success, 20)[7, 2:-2].mean()
    expected = min(max(100 * lesson.forgotten, 0) / 2, 1)
    assert abs(filled - expected) < 0.08
    assert f"{after:.1%}" in words_of(lesson).en and f"{after:.1%}" in words_of(lesson).ja
    assert replace(lesson, accuracy_before=1.0).is_costly
