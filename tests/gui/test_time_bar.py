"""The time machine in the real window: back, on from there to the last bit, and all that shows the run moves along."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSlider, QStyle, QWidget

from nnplayground.gui.run_readout import Readout
from nnplayground.gui.views.loss import LossView
from nnplayground.storage import ready_made
from nnplayground.training.trainer import Trainer
from tests.gui.driving import Driver


def trained(name: str, steps: int, **changes: object) -> np.ndarray:
    """What the run has come to that nobody ever interrupted."""
    experiment = ready_made.load(name).replace(**changes)
    subject = Trainer(experiment, experiment.dataset.load())
    subject.steps(steps)
    return subject.parameters


def now(driver: Driver) -> np.ndarray:
    driver.window.controller.settled(30)
    return np.asarray(driver.window.controller.newest.parameters)


def step(driver: Driver, count: int) -> None:
    """So many mini-batches in one go, and then a pause."""
    target = driver.window.controller.settled(30).step + count
    driver.window.controller.play(count)
    driver.wait(lambda: driver.get("step") == target)
    driver.wait_for_state("paused")


def slider(driver: Driver) -> QSlider:
    found: QSlider = driver.find(QSlider, "time")
    return found


def place_of(bar: QSlider, value: int) -> QPoint:
    handle = bar.style().pixelMetric(QStyle.PixelMetric.PM_SliderLength, None, bar)
    x = QStyle.sliderPositionFromValue(bar.minimum(), bar.maximum(), value, bar.width() - handle)
    return QPoint(x + handle // 2, bar.height() // 2)


def test_500_steps_back_to_200_and_300_more_are_500_to_the_last_bit(drive: Callable[..., Driver]) -> None:
    driver = drive("three-classes")
    assert not slider(driver).isVisible()
    step(driver, 500)
    driver.wait(slider(driver).isVisible)
    driver.wait(lambda: slider(driver).value() == slider(driver).maximum() == 500)
    there = trained("three-classes", 500)
    np.testing.assert_array_equal(now(driver), there)

    # A click near step 200, then to the very step with the keys.
    bar = slider(driver)
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=place_of(bar, 200))
    bar.setFocus()
    while bar.value() != 200:
        QTest.keyClick(bar, Qt.Key.Key_Right if bar.value() < 200 else Qt.Key.Key_Left)
    driver.wait(lambda: driver.get("step") == 200)
    np.testing.assert_array_equal(now(driver), trained("three-classes", 200))
    driver.settle()
    assert driver.find(Readout, "readout").values()["Step"] == "200"
    loss = driver.find(LossView, "loss_view")
    assert loss.here[0].isVisible()
    assert loss.here[0].value() == 200
    assert bar.maximum() == 500

    step(driver, 300)
    np.testing.assert_array_equal(now(driver), there)


def test_the_newest_step_comes_back_and_play_branches(drive: Callable[..., Driver]) -> None:
    driver = drive("three-classes")
    step(driver, 60)
    end = now(driver)
    driver.wait(lambda: slider(driver).maximum() == 60)
    QTest.keyClick(slider(driver), Qt.Key.Key_Home)
    driver.wait(lambda: driver.get("step") == 0)
    np.testing.assert_array_equal(now(driver), trained("three-classes", 0))
    driver.settle()
    driver.click("time_back")
    driver.wait(lambda: driver.get("step") == 60)
    np.testing.assert_array_equal(now(driver), end)

    QTest.keyClick(slider(driver), Qt.Key.Key_Home)
    driver.wait(lambda: driver.get("step") == 0)
    driver.settle()
    driver.click("time_go_on")
    driver.wait(lambda: driver.get("step") > 0)
    driver.click("play_button")
    driver.wait_for_state("paused")
    shown = driver.window.controller.settled(30)
    assert shown.last_step == shown.step == len(shown.curves.mean) * shown.curves.steps_per_point
    np.testing.assert_array_equal(shown.parameters, trained("three-classes", shown.step))


def test_undo_brings_the_steps_back_that_a_branch_left_and_they_stay_to_be_seen(drive: Callable[..., Driver]) -> None:
    driver = drive("three-classes")
    document = driver.window.document
    step(driver, 60)
    end = now(driver)
    driver.wait(lambda: slider(driver).maximum() == 60)
    slider(driver).setValue(20)
    driver.wait(lambda: driver.get("step") == 20)
    driver.settle()
    assert document.undo_text is None
    step(driver, 10)
    branch = driver.window.controller.settled(30)
    assert (branch.step, branch.last_step) == (30, 30)
    loss = driver.find(LossView, "loss_view")
    driver.wait(lambda: loss.left is not None and len(loss.left.x) > 0)
    assert 20 < loss.left.x.min() < 24
    assert loss.left.x.max() > 56
    assert "20" in document.undo_text.en

    driver.action("undo").trigger()
    back = driver.window.controller.settled(30)
    assert (back.step, back.last_step, back.state) == (20, 60, "paused")
    driver.settle()
    assert len(loss.left.x) == 0
    driver.click("time_back")
    driver.wait(lambda: driver.get("step") == 60)
    np.testing.assert_array_equal(now(driver), end)

    driver.action("redo").trigger()
    driver.wait(lambda: driver.get("step") == 30)
    np.testing.assert_array_equal(now(driver), branch.parameters)
    assert driver.window.controller.newest.curves.left is not None


def test_an_edit_in_the_past_leaves_the_later_steps_to_be_seen(drive: Callable[..., Driver]) -> None:
    driver = drive("three-classes")
    step(driver, 60)
    driver.wait(lambda: slider(driver).maximum() == 60)
    slider(driver).setValue(20)
    driver.wait(lambda: driver.get("step") == 20)
    driver.window.document.change(learning_rate=0.05)
    after = driver.window.controller.settled(30)
    assert (after.step, after.last_step) == (20, 20)
    assert after.curves.left.steps[-1] > 56


def test_the_designer_shows_the_settings_of_the_time_and_nothing_counts_as_edited(
    drive: Callable[..., Driver],
) -> None:
    driver = drive("three-classes")
    document = driver.window.document
    step(driver, 40)
    first = document.experiment
    document.change(learning_rate=0.05)
    step(driver, 40)
    end = now(driver)
    driver.wait(lambda: slider(driver).maximum() == 80)
    QTest.keyClick(slider(driver), Qt.Key.Key_Home)
    driver.wait(lambda: document.experiment == first)
    assert driver.find(QWidget, "learning_rate").property("value") == first.learning_rate
    assert document.undo_stack.count() == 1
    QTest.keyClick(slider(driver), Qt.Key.Key_End)
    driver.wait(lambda: document.experiment.learning_rate == 0.05)
    np.testing.assert_array_equal(now(driver), end)

    # From the past it goes on under the settings that are shown.
    QTest.keyClick(slider(driver), Qt.Key.Key_Home)
    driver.wait(lambda: document.experiment == first)
    step(driver, 80)
    np.testing.assert_array_equal(now(driver), trained("three-classes", 80))


def test_the_readout_says_how_good_the_network_was_there(drive: Callable[..., Driver]) -> None:
    driver = drive("three-classes")
    step(driver, 300)
    latest = driver.window.controller.settled(30).evaluation
    driver.wait(lambda: slider(driver).maximum() == 300)
    QTest.keyClick(slider(driver), Qt.Key.Key_Home)
    driver.wait(lambda: driver.get("step") == 0)
    there = driver.window.controller.settled(30).evaluation
    experiment = ready_made.load("three-classes")
    expected = Trainer(experiment, experiment.dataset.load()).evaluate()
    assert there.step == 0
    assert there.test_loss == expected.test_loss > latest.test_loss


def test_memory_is_shown_and_a_hidden_loss_pane_asks_for_nothing(drive: Callable[..., Driver]) -> None:
    driver = drive("three-classes")
    step(driver, 30)
    driver.wait(slider(driver).isVisible)
    driver.settle()
    assert "192 MB" in slider(driver).toolTip()
    assert 0 < driver.window.controller.newest.timeline_bytes < 192 * 2**20
    driver.window.docks["loss"].close()
    step(driver, 20)
    driver.settle()
    assert slider(driver).maximum() == 30  # not painted
    driver.window.desk.pane_wanted.emit("loss")
    driver.wait(lambda: slider(driver).maximum() == 50)


def test_dragging_shows_what_is_passed_and_letting_go_the_very_step(drive: Callable[..., Driver]) -> None:
    driver = drive("three-classes")
    step(driver, 400)
    driver.wait(lambda: slider(driver).maximum() == 400)
    bar, passed = slider(driver), set()
    driver.window.controller.snapshot.connect(lambda snapshot: passed.add(snapshot.step))
    driver.settle()
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=place_of(bar, 400))
    for value in range(390, 90, -10):
        QTest.mouseMove(bar, place_of(bar, value))
        QTest.qWait(1)
    there = bar.value()
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=place_of(bar, 100))
    driver.wait(lambda: driver.get("step") == there)
    driver.settle()
    assert 80 < there < 120
    assert len([s for s in passed if there < s < 400]) > 2
    np.testing.assert_array_equal(now(driver), trained("three-classes", there))
