"""Augmentation as switches with a preview: what is shown is what training does, and the setting is the experiment's."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QSlider

from nnplayground.data.augmentations.images import Images
from nnplayground.data.augmentations.noise import Noise
from nnplayground.data.augmentations.none import NoAugmentation
from nnplayground.gui.image_tile import as_bytes
from nnplayground.gui.note import Note
from nnplayground.gui.views.augmentation import MANY, NOTHING, AugmentationView
from tests.gui.driving import SEVEN, Driver

Open = Callable[..., Driver]


def shown(driver: Driver) -> np.ndarray:
    return np.stack([item.pixels for item in driver.find(AugmentationView, "augmentation_view").grid.items])


def press(driver: Driver, name: str) -> None:
    box = driver.find(QCheckBox, f"augment_{name}_on")
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    driver.settle()


def said(driver: Driver) -> str:
    return driver.find(Note, "augmentation_words").said.en


@pytest.fixture
def driver(digits_room: Open) -> Driver:
    driver = digits_room("augmentation")
    driver.draw(SEVEN)
    driver.wait(lambda: said(driver).startswith("All switches are off"))
    driver.settle()
    return driver


def test_the_preview_is_what_training_does_to_the_drawing(driver: Driver) -> None:
    row = driver.window.desk.question.row
    assert (shown(driver) == as_bytes(row.reshape(28, 28))).all()
    press(driver, "rotate")
    press(driver, "elastic")
    augment = driver.window.document.experiment.augment
    assert augment == Images(**{**NOTHING, "rotate": Images().rotate, "elastic": Images().elastic})
    rows = np.repeat(row[None], MANY, axis=0)
    augment.apply(rows, (1, 28, 28), np.random.default_rng(0))
    assert np.array_equal(shown(driver), np.stack([as_bytes(r.reshape(28, 28)) for r in rows]))
    driver.click("augmentation_again")
    driver.settle()
    assert not np.array_equal(shown(driver), np.stack([as_bytes(r.reshape(28, 28)) for r in rows]))


def test_each_switch_changes_the_images_and_the_last_one_off_is_none_at_all(driver: Driver) -> None:
    plain = shown(driver)
    for name in NOTHING:
        press(driver, name)
        assert getattr(driver.window.document.experiment.augment, name) > 0
        assert not np.array_equal(shown(driver), plain), name
        press(driver, name)
        assert driver.window.document.experiment.augment == NoAugmentation()
    assert np.array_equal(shown(driver), plain)


def test_a_slider_sets_how_much_in_one_undo_and_the_switch_remembers_it(driver: Driver) -> None:
    slider, document = driver.find(QSlider, "augment_shift"), driver.window.document
    slider.setFocus()
    for _ in range(3):
        QTest.keyClick(slider, Qt.Key.Key_PageUp)
    much = document.experiment.augment.shift
    assert much == 1.8 and driver.find(QCheckBox, "augment_shift_on").isChecked()
    document.undo_stack.undo()
    assert document.experiment.augment == NoAugmentation() and slider.value() == 0
    document.undo_stack.redo()
    press(driver, "shift")
    press(driver, "shift")
    assert document.experiment.augment.shift == much


def test_it_takes_effect_while_training_goes_on(driver: Driver) -> None:
    driver.window.controller.play()
    driver.wait(lambda: driver.window.controller.newest.step > 3)
    box = driver.find(QCheckBox, "augment_noise_on")
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    driver.wait(lambda: driver.window.controller.newest.experiment.augment == Images(**{**NOTHING, "noise": 0.1}))
    step = driver.window.controller.newest.step
    assert step > 3
    driver.wait(lambda: driver.window.controller.newest.step > step)


def test_another_kind_is_named_and_gives_way_to_a_switch(driver: Driver) -> None:
    driver.window.document.change(augment=Noise())
    driver.wait(lambda: "Noise" in said(driver))
    press(driver, "scale")
    assert driver.window.document.experiment.augment == Images(**{**NOTHING, "scale": Images().scale})
