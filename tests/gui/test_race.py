"""Races in the real window: fair, to the last bit, in a thread of their own, stopped and taken over by a click."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton, QSpinBox, QToolButton

from nnplayground.engine.optimizers.momentum import Momentum
from nnplayground.engine.plan import predict
from nnplayground.gui.lane_tile import MAP
from nnplayground.gui.plane_colors import class_picture
from nnplayground.gui.views.race import RaceView
from nnplayground.storage import ready_made
from nnplayground.training.probes.fork_point import Forked
from nnplayground.training.races import races
from nnplayground.training.trainer import Trainer
from tests.gui.driving import SEVEN, Driver


def press(driver: Driver, name: str) -> None:
    QTest.mouseClick(driver.find(QPushButton, name), Qt.MouseButton.LeftButton)


def finish(driver: Driver) -> tuple:
    racing = driver.window.desk.racing
    driver.wait(lambda: racing.phase == "done")
    return racing.newest.lanes


def steps(driver: Driver, count: int) -> None:
    driver.window.controller.play(count)
    driver.wait(lambda: driver.get("step") == count)
    driver.wait_for_state("paused")


def lasting(driver: Driver, count: int) -> None:
    """So many steps, typed in."""
    field: QSpinBox = driver.find(QSpinBox, "race_steps")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, str(count))
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == count


def open_race(driver: Driver) -> RaceView:
    driver.action("pane_race").trigger()
    driver.window.docks["race"].show()
    driver.window.docks["race"].raise_()
    view: RaceView = driver.find(RaceView, "race_view")
    return view


def trained(name: str, count: int, **changes: object) -> np.ndarray:
    experiment = ready_made.load(name)
    subject = Trainer(experiment, experiment.dataset.load())
    subject.steps(count)
    subject.configure(experiment.replace(**changes))
    subject.steps(300)
    return subject.parameters


def test_one_click_races_the_rate_against_ten_times_and_a_tenth_from_where_the_run_stands(
    drive: Callable[..., Driver],
) -> None:
    driver = drive("circle")
    steps(driver, 40)
    press(driver, "try_rates")
    view = driver.find(RaceView, "race_view")
    driver.wait(view.isVisible)
    lanes = finish(driver)
    rate = driver.window.document.experiment.learning_rate
    assert [lane.snapshot.experiment.learning_rate for lane in lanes] == [rate / 10, rate, rate * 10]
    for lane, factor in zip(lanes, (0.1, 1, 10), strict=True):
        assert lane.snapshot.step == 340
        changes = {} if factor == 1 else {"learning_rate": lane.snapshot.experiment.learning_rate}
        np.testing.assert_array_equal(lane.snapshot.parameters, trained("circle", 40, **changes))
    assert driver.get("step") == 40  # the run itself waits

    # The curves begin where the race began, and the pictures are what each lane answers.
    driver.wait(lambda: all(tile.picture.map is not None for tile in view.tiles))
    driver.wait(lambda: all(curve.x.max(initial=0) >= 335 for curve in view.curves.lanes))
    assert [curve.x.min() > 40 for curve in view.curves.lanes] == [True] * 3
    shown = view.tiles[2].picture
    image = shown.grab().toImage()
    side, ratio = min(shown.width(), shown.height()), shown.devicePixelRatioF()
    middle = image.pixelColor(int(shown.width() / 2 * ratio), int(side / 2 * ratio))
    expected = class_picture(shown.map.values, driver.window.ui.theme)[29:31, 29:31, :3].reshape(-1, 3).mean(0)
    np.testing.assert_allclose(middle.getRgb()[:3], expected, atol=12)


def test_a_lane_is_taken_over_with_all_it_has_learnt_and_given_back(drive: Callable[..., Driver]) -> None:
    driver = drive("circle")
    document = driver.window.document
    momentum = Momentum()
    document.change(optimizer=momentum)
    steps(driver, 30)
    before = document.experiment
    mine = driver.window.controller.settled(30)
    QTest.keyClick(driver.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    finish(driver)
    QTest.mouseClick(driver.find(QToolButton, "lane_2_use"), Qt.MouseButton.LeftButton)
    driver.wait(lambda: document.experiment != before)
    assert document.experiment == before.replace(learning_rate=before.learning_rate * 10)
    assert "η" in document.undo_text.en
    lane = Trainer(before, before.dataset.load())
    lane.steps(30)
    lane.configure(document.experiment)
    lane.steps(300)
    taken = driver.window.controller.settled(30)
    assert (taken.step, taken.state) == (330, "paused")
    np.testing.assert_array_equal(taken.parameters, lane.parameters)
    assert taken.curves.marks[-1].step == 330
    assert "η" in taken.curves.marks[-1].text.en
    # It goes on with the optimizer's state of the lane.
    driver.window.controller.play(5)
    driver.wait(lambda: driver.get("step") == 335)
    lane.steps(5)
    np.testing.assert_array_equal(driver.window.controller.settled(30).parameters, lane.parameters)

    driver.action("undo").trigger()
    assert document.experiment == before
    back = driver.window.controller.settled(30)
    assert (back.step, back.state, back.experiment) == (30, "paused", before)
    np.testing.assert_array_equal(back.parameters, mine.parameters)
    driver.action("redo").trigger()
    again = driver.window.controller.settled(30)
    assert again.step == 335
    assert document.experiment.learning_rate == before.learning_rate * 10
    np.testing.assert_array_equal(again.parameters, lane.parameters)


def test_own_lanes_differ_in_one_thing_and_equal_ones_are_not_added(drive: Callable[..., Driver]) -> None:
    driver = drive("three-classes")
    document, racing = driver.window.document, driver.window.desk.racing
    view = open_race(driver)
    box: QComboBox = driver.find(QComboBox, "race_box")
    driver.choose("race_box", "own")
    assert not driver.find(QPushButton, "race_start").isEnabled()
    press(driver, "race_add_lane")
    press(driver, "race_add_lane")
    assert len(racing.own) == 1
    assert "already" in driver.get("message")
    document.change(batch_size=7)
    press(driver, "race_add_lane")
    assert "7" in racing.own[1].label.en
    lasting(driver, 25)
    press(driver, "race_start")
    lanes = finish(driver)
    assert box.currentData() == "own"
    assert len(view.tiles) == 2
    assert [lane.snapshot.experiment.batch_size for lane in lanes][1] == 7
    assert [lane.snapshot.step for lane in lanes] == [25, 25]
    first = ready_made.load("three-classes")
    alone = Trainer(first, first.dataset.load())
    alone.steps(25)
    np.testing.assert_array_equal(lanes[0].snapshot.parameters, alone.parameters)
    press(driver, "race_clear")
    assert racing.own == ()


def test_a_textbook_race_leaves_the_experiment_alone_and_can_be_stopped(drive: Callable[..., Driver]) -> None:
    driver = drive("three-classes")
    document, racing = driver.window.document, driver.window.desk.racing
    before = document.experiment
    view = open_race(driver)
    driver.choose("race_box", "batch-normalization")
    driver.choose("race_place", "stage")
    lasting(driver, 1_000_000)
    press(driver, "race_start")
    driver.wait(lambda: racing.newest is not None and racing.newest.step > 3)
    assert driver.find(QPushButton, "race_start").text() == "Stop"
    press(driver, "race_start")
    assert racing.phase == "done"
    driver.wait(lambda: racing.controller.newest.state == "paused")
    done = racing.controller.settled(30).step
    assert done < 1_000_000
    assert [len(lane.snapshot.network.spec.layers) for lane in racing.newest.lanes] == [7, 17]
    assert racing.newest.experiment.dataset.task.units == 10
    assert document.experiment == before
    assert driver.get("step") == 0
    assert len(view.tiles) == 2


def test_a_race_that_is_asked_for_again_while_it_is_being_begun_is_begun_once(drive: Callable[..., Driver]) -> None:
    driver = drive("xor")
    racing = driver.window.desk.racing
    race = races["activations"]()
    racing.start(race, True, 10)
    finish(driver)
    heard: list[str] = []
    racing.controller.happened.connect(lambda event: heard.append(event.kind))
    for _ in range(20):
        racing.start(race, True, 10)
    finish(driver)
    racing.start(race, True, 10)  # when it is over it may be run again
    assert racing.phase == "preparing"
    finish(driver)
    assert heard.count("loading") == 2


def test_the_copy_that_a_race_begins_with_is_not_kept_in_the_snapshot_too(drive: Callable[..., Driver]) -> None:
    driver = drive("xor")
    answers: list[object] = []
    driver.window.controller.snapshot.connect(lambda snapshot: answers.extend(snapshot.probes.values()))
    driver.action("race_rates").trigger()
    finish(driver)
    copies = [answer for answer in answers if isinstance(answer, Forked)]
    assert copies and all(copy.take() is None for copy in copies)


def test_a_hidden_race_goes_on_but_asks_for_nothing(drive: Callable[..., Driver]) -> None:
    driver = drive("circle")
    racing = driver.window.desk.racing
    view = open_race(driver)
    lasting(driver, 1_000_000)
    press(driver, "race_start")
    driver.wait(lambda: racing.newest is not None and MAP in racing.newest.probes)
    driver.window.docks["loss"].raise_()
    driver.wait(lambda: not view.is_seen())
    controller = racing.controller
    driver.wait(lambda: not controller.newest.probes)
    shown, step = [curve.x.copy() for curve in view.curves.lanes], controller.newest.step
    driver.wait(lambda: controller.newest.step > step + 50)
    assert not controller.newest.probes
    for before, curve in zip(shown, view.curves.lanes, strict=True):
        np.testing.assert_array_equal(before, curve.x)
    driver.window.docks["race"].raise_()
    driver.wait(lambda: bool(controller.newest.probes))
    racing.cancel()


def test_a_race_that_cannot_be_run_says_why(drive: Callable[..., Driver]) -> None:
    driver = drive("three-classes")
    document = driver.window.document
    document.edit(document.experiment.replace(layers=document.experiment.layers[-1:]))
    open_race(driver)
    driver.choose("race_box", "activations")
    press(driver, "race_start")
    assert "no hidden layer" in driver.get("message")
    assert driver.window.desk.racing.phase == "none"


def test_each_lane_answers_for_the_digit_that_is_drawn(drive: Callable[..., Driver]) -> None:
    driver = drive("digits")
    racing = driver.window.desk.racing
    view = open_race(driver)
    driver.choose("race_box", "batch-normalization")
    driver.choose("race_place", "stage")
    lasting(driver, 3)
    press(driver, "race_start")
    driver.wait(lambda: racing.phase == "done")
    driver.wait(lambda: all(tile.picture.draws for tile in view.tiles))
    assert all(tile.picture.shares == () for tile in view.tiles)
    driver.draw(SEVEN)
    driver.wait(lambda: all(len(tile.picture.shares) == 10 for tile in view.tiles))
    row = driver.window.desk.question.row
    for tile, lane in zip(view.tiles, racing.newest.lanes, strict=True):
        outputs = predict(lane.snapshot.network, lane.snapshot.parameters, row[None])
        np.testing.assert_allclose(tile.picture.shares, outputs[0], atol=1e-5)
