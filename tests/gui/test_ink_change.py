"""Which ink would make it another digit: seen, done and taken back with the mouse."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from nnplayground.gui.image_tile import ImageTile, as_bytes
from nnplayground.gui.note import Note
from nnplayground.gui.views.ink_change import InkChangeView
from tests.gui.driving import SEVEN, Driver
from tests.gui.panes_of_digits import shares, show_pane

Open = Callable[..., Driver]


@pytest.fixture
def driver(drive: Open) -> Driver:
    driver = drive("digits")
    show_pane(driver, "ink_change")
    driver.draw(SEVEN)
    driver.wait(lambda: view(driver).change is not None)
    driver.settle()
    return driver


def view(driver: Driver) -> InkChangeView:
    found = driver.find(InkChangeView, "ink_change_view")
    assert isinstance(found, InkChangeView)
    return found


def press(driver: Driver, name: str) -> None:
    QTest.mouseClick(driver.find(QPushButton, name), Qt.MouseButton.LeftButton)
    driver.settle()


def prediction(driver: Driver) -> int:
    return int(driver.find(QWidget, "probabilities").property("prediction"))


def said(driver: Driver) -> str:
    return driver.find(Note, "ink_change_words").said.en


def test_the_runner_up_is_aimed_at_and_the_pixels_are_marked(driver: Driver) -> None:
    change = view(driver).change
    image = driver.window.desk.drawing.image
    assert change.target == int(np.argsort(shares(driver, image))[-2])
    amounts = view(driver).picture.amounts.ravel()
    assert set(np.flatnonzero(amounts > 0)) == set(change.add)
    assert set(np.flatnonzero(amounts < 0)) == set(change.erase)
    assert f"{len(change.add)} pixels" in said(driver) and f"{change.after[change.target]:.1%}" in said(driver)


def test_what_is_chosen_is_done_and_taken_back(driver: Driver) -> None:
    before = driver.window.desk.drawing.image.copy()
    driver.click("make_it_3")
    driver.wait(lambda: view(driver).change is not None and view(driver).change.target == 3)
    change = view(driver).change
    assert change.flips
    press(driver, "ink_change_apply")
    assert prediction(driver) == 3
    bars = driver.find(QWidget, "probabilities").property("values")
    np.testing.assert_allclose(bars, change.after, atol=1e-6)
    after = driver.window.desk.drawing.image
    assert 0 < (after != before).sum() <= 30
    assert np.array_equal(driver.find(ImageTile, "digit_image").pixels, as_bytes(after))
    driver.wait(lambda: "already" in said(driver))
    press(driver, "ink_change_back")
    assert prediction(driver) == 7
    assert np.array_equal(driver.window.desk.drawing.image, before)


def test_a_new_stroke_takes_the_place_of_the_change(driver: Driver) -> None:
    press(driver, "ink_change_apply")
    assert driver.window.desk.drawing.retouched
    driver.draw(((0.38, 0.5), (0.66, 0.5)))
    assert not driver.window.desk.drawing.retouched
    driver.click("clear_drawing")
    driver.settle()
    assert view(driver).change is None and said(driver).startswith("Draw a digit")
    assert not driver.find(QPushButton, "ink_change_apply").isEnabled()


def test_a_key_chooses_and_the_same_key_goes_back_to_the_runner_up(driver: Driver) -> None:
    runner_up = view(driver).change.target
    view(driver).choice.setFocus()
    QTest.keyClick(view(driver).choice, Qt.Key.Key_8)
    driver.wait(lambda: view(driver).change.target == 8)
    QTest.keyClick(view(driver).choice, Qt.Key.Key_8)
    driver.wait(lambda: view(driver).change.target == runner_up)


def test_it_follows_the_training(digits_room: Open) -> None:
    driver = digits_room("ink_change")
    driver.draw(SEVEN)
    driver.wait(lambda: view(driver).change is not None)
    first = view(driver).change
    driver.window.controller.play()
    driver.wait(lambda: view(driver).change is not first)
    driver.window.controller.pause()
    driver.wait_for_state("paused")
    driver.settle()
    np.testing.assert_allclose(view(driver).change.before, shares(driver, driver.window.desk.drawing.image), atol=1e-6)
