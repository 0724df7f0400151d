from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from nnplayground.data.strokes import Switches, digit_image, stages, switch_names
from nnplayground.gui.image_tile import ImageTile, as_bytes
from nnplayground.gui.note import Note
from nnplayground.gui.stage_tile import StageTile
from nnplayground.gui.stage_words import NOTHING, Effect, said_of
from tests.gui.driving import Driver
from tests.gui.panes_of_digits import shares, show_pane, strokes

Open = Callable[..., Driver]
SMALL = ((0.1, 0.1), (0.3, 0.12), (0.18, 0.35))


def tile(driver: Driver, name: str) -> StageTile:
    found = driver.find(StageTile, f"stage_{name}")
    assert isinstance(found, StageTile)
    return found


def press(driver: Driver, name: str) -> None:
    QTest.mouseClick(tile(driver, name), Qt.MouseButton.LeftButton)
    driver.settle()


def said(driver: Driver) -> str:
    return driver.find(Note, "stages_words").said.en


@pytest.fixture
def driver(digits_room: Open) -> Driver:
    driver = digits_room("stages")
    driver.draw(SMALL)
    driver.settle()
    return driver


def test_each_step_shows_its_image_and_the_last_is_what_the_network_gets(driver: Driver) -> None:
    for stage in stages(strokes(driver)):
        assert np.array_equal(tile(driver, stage.id).pixels, as_bytes(stage.image)), stage.id
    assert np.array_equal(tile(driver, "centre").pixels, driver.find(ImageTile, "digit_image").pixels)
    assert np.array_equal(driver.window.desk.question.row, digit_image(strokes(driver)).ravel())


def test_it_says_how_sure_the_answer_is_with_each_step_and_without(driver: Driver) -> None:
    drawn = strokes(driver)
    now = shares(driver, digit_image(drawn))
    best = int(now.argmax())
    for name in switch_names():
        without = shares(driver, digit_image(drawn, replace(Switches(), **{name: False})))
        assert tile(driver, name).effect == f"{100 * now[best]:.0f} → {100 * without[best]:.0f} %", name


def test_a_step_that_is_switched_off_is_announced_wherever_one_looks_and_reset_in_one_click(driver: Driver) -> None:
    notice = driver.find(QPushButton, "steps_off")
    assert not notice.isVisible()
    press(driver, "size")
    drawn = strokes(driver)
    without = digit_image(drawn, Switches(size=False))
    assert np.array_equal(driver.window.desk.question.row, without.ravel())
    assert np.array_equal(driver.find(ImageTile, "digit_image").pixels, as_bytes(without))
    assert "Size" in said(driver) and driver.find(Note, "stages_words").kind == "warning"
    assert notice.isVisible() and "Size" in notice.toolTip()
    QTest.mouseClick(notice, Qt.MouseButton.LeftButton)
    driver.settle()
    assert tile(driver, "size").isChecked() and not notice.isVisible()
    assert np.array_equal(driver.window.desk.question.row, digit_image(drawn).ravel())


def test_the_link_in_the_pane_switches_everything_on(driver: Driver) -> None:
    press(driver, "box")
    tile(driver, "pen").setFocus()
    driver.key(Qt.Key.Key_Space)
    assert driver.window.desk.drawing.off == ("box", "pen")
    QTest.mouseClick(driver.find(QPushButton, "stages_reset"), Qt.MouseButton.LeftButton)
    assert driver.window.desk.drawing.off == ()


def test_an_empty_canvas_is_said_to_be_one(driver: Driver) -> None:
    driver.click("clear_drawing")
    driver.settle()
    assert said(driver) == NOTHING.en
    assert tile(driver, "size").effect == ""


def test_clicking_the_image_beside_the_canvas_opens_the_steps(drive: Open) -> None:
    driver = drive("digits")
    stages_view = driver.window.docks["stages"].view
    show_pane(driver, "activation")
    driver.wait(lambda: not stages_view.is_seen())
    QTest.mouseClick(driver.find(QWidget, "digit_image"), Qt.MouseButton.LeftButton)
    driver.wait(stages_view.is_seen)


def effect(step: str, with_it: float, without: float, turns: bool) -> Effect:
    return Effect(step, (with_it, without), "7", "1" if turns else "7")


def test_the_sentence_names_the_step_that_decides() -> None:
    effects = [effect("box", 0.9, 0.7, True), effect("size", 0.9, 0.1, True), effect("pen", 0.9, 0.05, False)]
    words = said_of(effects, ())
    assert "Size" in words.en and "1" in words.en and "7" in words.en
    assert "大きさ" in words.ja
    assert "Pen" in said_of([effect("box", 0.9, 0.89, False), effect("pen", 0.9, 0.5, False)], ()).en
    assert "Box" not in said_of([effect("box", 0.9, 0.895, False)], ()).en


def test_the_sentence_names_what_is_off_and_what_it_would_read_otherwise() -> None:
    words = said_of([effect("box", 0.2, 0.9, True), effect("size", 0.1, 0.9, True)], ("box", "pen"))
    assert "Box, Pen" in words.en and "“Box”" in words.en
    assert "Box" in said_of([], ("box",)).en
