"""The training doctor in the real window: said in passing, shown with its evidence, cured by a click, and undone."""

import time
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from nnplayground.gui.doctor import FIRST_STEP, SOON
from nnplayground.gui.evidence_plot import HALF
from nnplayground.gui.views.doctor import DoctorView
from nnplayground.training.probes.checkup import Checkup
from tests.gui.driving import Driver
from tests.training.test_doctor import ILL


def train(driver: Driver, steps: int) -> None:
    target = driver.window.controller.settled(30).step + steps
    driver.window.controller.play(steps)
    driver.wait(lambda: driver.get("step") == target)
    driver.wait_for_state("paused")


def button(driver: Driver, words: str) -> QPushButton:
    found = [b for b in driver.window.message_bar.findChildren(QPushButton) if b.text() == words and b.isVisible()]
    assert len(found) == 1
    return found[0]


def open_doctor(driver: Driver) -> DoctorView:
    driver.window.desk.pane_wanted.emit("doctor")
    view: DoctorView = driver.find(DoctorView, "doctor_view")
    driver.wait(view.isVisible)
    return view


@pytest.mark.parametrize("id", ["rate-too-high", "rate-too-low"])
def test_an_illness_is_said_within_300_steps_and_the_click_that_cures_it_is_undone(
    drive: Callable[..., Driver], id: str
) -> None:
    driver = drive("three-classes")
    document = driver.window.document
    document.edit(ILL[id])
    driver.action("reset").trigger()
    train(driver, 300)
    driver.wait(lambda: bool(driver.get("message")))
    first = driver.window.desk.doctor.findings[0]
    assert first.id == id
    assert driver.get("message") == first.text.en
    QTest.mouseClick(button(driver, first.remedy_text.en), Qt.MouseButton.LeftButton)
    assert document.experiment == first.remedy
    assert document.undo_text == first.remedy_text
    assert not driver.get("message")
    driver.action("undo").trigger()
    assert document.experiment == ILL[id]


def test_the_pane_shows_the_evidence_and_the_remedy(drive: Callable[..., Driver]) -> None:
    driver = drive("three-classes")
    document = driver.window.document
    view = open_doctor(driver)
    assert "150" in driver.find(QLabel, "doctor_words").text()
    assert not driver.find(QWidget, "doctor_remedy").isVisible()
    document.edit(ILL["vanishing-gradient"])
    driver.action("reset").trigger()
    train(driver, 300)
    driver.wait(lambda: view.chosen is not None)
    found = view.chosen
    assert found.id == "vanishing-gradient"
    assert driver.find(QComboBox, "doctor_findings").currentText() == found.label.en
    assert driver.find(QLabel, "doctor_words").text() == found.text.en
    for plot, evidence in zip(view.plots, found.evidence, strict=False):
        assert plot.isVisible()
        assert plot.title.text() == evidence.label.en
        tops = plot.found.y.reshape(-1, 4)[:, 1] if evidence.bars else plot.found.y
        np.testing.assert_array_equal(tops, evidence.y)
        if evidence.bars:
            np.testing.assert_allclose(plot.found.x.reshape(-1, 4)[:, 0] + HALF, evidence.x)
    QTest.mouseClick(driver.find(QPushButton, "doctor_remedy"), Qt.MouseButton.LeftButton)
    assert document.experiment == found.remedy
    assert view.chosen is None
    driver.action("undo").trigger()
    assert document.experiment == ILL["vanishing-gradient"]


@pytest.mark.parametrize("name", ["circle", "three-classes", "spiral"])
def test_a_healthy_run_is_left_in_peace(drive: Callable[..., Driver], name: str) -> None:
    driver = drive(name)
    view = open_doctor(driver)
    train(driver, 300)
    driver.wait(lambda: driver.window.desk.doctor.step == 300)
    assert driver.window.desk.doctor.findings == ()
    assert "300" in driver.find(QLabel, "doctor_words").text()
    assert not any(plot.isVisible() for plot in view.plots)
    assert not driver.get("message")


def test_he_looks_where_training_was_paused_however_seldom_he_looks_in_passing(
    drive: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnplayground.gui.doctor.SOON", 3600.0)
    driver = drive("circle")
    doctor, controller = driver.window.desk.doctor, driver.window.controller
    driver.window.document.edit(driver.window.document.experiment.replace(seed=2))
    controller.play()
    driver.wait(lambda: doctor.step > 0)
    controller.pause()
    driver.wait_for_state("paused")
    driver.wait(lambda: doctor.step == driver.get("step"))


def test_he_does_not_look_while_somebody_draws(drive: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nnplayground.gui.schedule.CALM", 3600.0)
    driver = drive("circle")
    doctor, controller = driver.window.desk.doctor, driver.window.controller
    controller.schedule.calm_down(time.perf_counter())
    controller.play()
    driver.wait(lambda: driver.get("step") > 20 * FIRST_STEP)
    driver.settle()
    assert controller.is_running
    assert doctor.step == -1
    controller.pause()
    driver.wait(lambda: doctor.step > 0)


def test_what_was_found_is_no_remedy_for_other_settings(drive: Callable[..., Driver]) -> None:
    driver = drive("three-classes")
    document, doctor = driver.window.document, driver.window.desk.doctor
    document.edit(ILL["rate-too-high"])
    driver.action("reset").trigger()
    train(driver, 300)
    driver.wait(lambda: bool(doctor.findings))
    first = doctor.findings[0]
    other = ILL["rate-too-high"].replace(batch_size=7)
    document.edit(other)
    assert doctor.findings == ()
    QTest.mouseClick(button(driver, first.remedy_text.en), Qt.MouseButton.LeftButton)
    assert document.experiment == other
    assert "changed" in driver.get("message")


def test_nobody_is_examined_all_the_time_while_the_pane_is_closed(drive: Callable[..., Driver]) -> None:
    driver = drive("circle")
    doctor = driver.window.desk.doctor
    open_doctor(driver)
    train(driver, 300)
    driver.wait(lambda: doctor.step == 300 and doctor.is_read)
    driver.window.desk.pane_wanted.emit("loss")
    driver.wait(lambda: not doctor.is_read)
    controller = driver.window.controller
    looks: list[bool] = []
    controller.snapshot.connect(lambda snapshot: looks.append(Checkup() in snapshot.probes))
    driver.click("play_button")
    driver.wait(lambda: len(looks) > 60)
    assert doctor.interval >= SOON
    assert sum(looks) < len(looks) / 3
    driver.click("play_button")
    driver.wait_for_state("paused")


def test_the_remedy_can_be_tried_beside_the_run_as_it_is(drive: Callable[..., Driver]) -> None:
    driver = drive("three-classes")
    document = driver.window.document
    open_doctor(driver)
    document.edit(ILL["rate-too-low"])
    driver.action("reset").trigger()
    train(driver, 300)
    driver.wait(lambda: bool(driver.window.desk.doctor.findings))
    QTest.mouseClick(driver.find(QPushButton, "doctor_try"), Qt.MouseButton.LeftButton)
    racing = driver.window.desk.racing
    driver.wait(lambda: racing.phase == "done")
    left, cured = (lane.snapshot for lane in racing.newest.lanes)
    assert document.experiment == ILL["rate-too-low"] == left.experiment
    assert left.step == cured.step == 600
    assert cured.evaluation.test_loss < left.evaluation.test_loss
    assert driver.get("step") == 300
