"""The gallery of generated digits: sliders that do what they say, and data made by them."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton, QSlider, QSpinBox

from nnplayground.data.datasets.mnist import Mnist
from nnplayground.data.handwriting import Style, examples, skeletons
from nnplayground.gui.views.handwriting import EACH, HandwritingView
from tests.gui.driving import Driver

Open = Callable[..., Driver]


def shown(driver: Driver) -> np.ndarray:
    return np.stack([item.pixels for item in driver.find(HandwritingView, "handwriting_view").grid.items])


def slide(driver: Driver, name: str, key: Qt.Key) -> None:
    slider = driver.find(QSlider, f"handwriting_{name}")
    slider.setFocus()
    QTest.keyClick(slider, key)
    driver.settle()


@pytest.fixture
def driver(digits_room: Open) -> Driver:
    driver = digits_room("handwriting")
    view = driver.find(HandwritingView, "handwriting_view")
    driver.wait(lambda: len(view.grid.items) == 10 * EACH)
    driver.settle()
    return driver


def test_a_slider_changes_the_same_digits_in_its_own_way(driver: Driver) -> None:
    ink = shown(driver).mean(dtype=float)
    slide(driver, "pen", Qt.Key.Key_End)
    assert shown(driver).mean(dtype=float) > 1.5 * ink
    slide(driver, "pen", Qt.Key.Key_Home)
    assert shown(driver).mean(dtype=float) < 0.8 * ink
    ways = driver.find(HandwritingView, "handwriting_view").ways()
    assert np.array_equal(shown(driver), examples(ways, 1, Style(pen=0.3)))
    driver.click("handwriting_usual")
    driver.settle()
    assert np.array_equal(shown(driver), examples(ways, 1))


def test_one_digit_is_shown_in_all_ways_of_writing_it(driver: Driver) -> None:
    driver.find(QComboBox, "handwriting_filter").setCurrentIndex(5)
    ways = [i for i, s in enumerate(skeletons()) if s.digit == 4]
    driver.wait(lambda: len(driver.find(HandwritingView, "handwriting_view").grid.items) == EACH * len(ways))
    driver.settle()
    assert np.array_equal(shown(driver), examples(np.repeat(ways, EACH), 1))
    said = [item.spoken.en for item in driver.find(HandwritingView, "handwriting_view").grid.items]
    assert said[0].startswith(f"A 4, way of writing 1 of {len(ways)}: ")


def test_the_seed_gives_other_digits_and_the_same_ones_again(driver: Driver) -> None:
    first, seed = shown(driver), driver.find(QSpinBox, "handwriting_seed")
    seed.setValue(7)
    driver.settle()
    assert not np.array_equal(shown(driver), first)
    seed.setValue(1)
    driver.settle()
    assert np.array_equal(shown(driver), first)


def test_what_is_shown_becomes_the_training_data_undoably(driver: Driver) -> None:
    learn, document = driver.find(QPushButton, "handwriting_learn"), driver.window.document
    before = document.experiment.dataset
    assert not learn.isEnabled()
    slide(driver, "slant", Qt.Key.Key_End)
    assert learn.isEnabled() and document.experiment.dataset == before
    document.change(learning_rate=0.01)
    assert driver.find(QSlider, "handwriting_slant").value() == 100, "what is tried out stays"
    QTest.mouseClick(learn, Qt.MouseButton.LeftButton)
    assert document.experiment.dataset == before.replace(slant=2.0)
    assert not learn.isEnabled()
    document.undo_stack.undo()
    assert document.experiment.dataset == before
    assert driver.find(QSlider, "handwriting_slant").value() == 50


def test_it_can_take_the_place_of_other_data(driver: Driver) -> None:
    document = driver.window.document
    document.change(dataset=Mnist())
    learn = driver.find(QPushButton, "handwriting_learn")
    assert learn.isEnabled()
    QTest.mouseClick(learn, Qt.MouseButton.LeftButton)
    assert document.experiment.dataset.id == "generated-digits"
