"""Why an answer is given: pixels, units, neighbours and a sentence, as the network is now."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtWidgets import QComboBox, QWidget

from nnplayground.gui.note import Note
from nnplayground.gui.views.why import WhyView
from nnplayground.training.inspection.attribution import attribution
from nnplayground.training.inspection.neighbours import as_seen, nearest
from tests.gui.driving import SEVEN, Driver
from tests.gui.panes_of_digits import shares

Open = Callable[..., Driver]


def view(driver: Driver) -> WhyView:
    found = driver.find(WhyView, "why_view")
    assert isinstance(found, WhyView)
    return found


@pytest.fixture
def driver(digits_room: Open) -> Driver:
    driver = digits_room("why")
    driver.window.controller.step("epoch")
    driver.draw(SEVEN)
    driver.wait(lambda: view(driver).reasons is not None and len(view(driver).reasons.labels) > 0)
    driver.wait_for_state("paused")
    driver.settle()
    return driver


def best_two(driver: Driver) -> tuple[int, int]:
    first, second = np.argsort(-shares(driver, driver.window.desk.drawing.image))[:2]
    return int(first), int(second)


def test_pixels_and_units_are_those_that_make_up_the_lead(driver: Driver) -> None:
    given, other = best_two(driver)
    newest, image = driver.window.controller.newest, driver.window.desk.drawing.image
    found = attribution(newest.network, newest.parameters, image.ravel(), given, other)
    expected = found.inputs / np.abs(found.inputs).max()
    np.testing.assert_allclose(view(driver).picture.amounts.ravel(), expected, atol=1e-6)
    units = [name.en for name, _ in view(driver).units.shares]
    assert units[0] == f"Unit {int(np.abs(found.units).argmax()) + 1}"
    sizes = [abs(share) for _, share in view(driver).units.shares]
    assert sizes == sorted(sizes, reverse=True)


def test_the_sentence_answers_why_not_another_digit(driver: Driver) -> None:
    given, _ = best_two(driver)
    other = (given + 4) % 10
    driver.click(f"why_not_{other}")
    driver.wait(lambda: view(driver).reasons.other == other)
    said = driver.find(Note, "why_words").said.en
    values = shares(driver, driver.window.desk.drawing.image)
    assert said.startswith(f"{given} gets {values[given]:.1%} and {other} only {values[other]:.1%}")
    driver.click(f"why_not_{given}")
    driver.wait(lambda: driver.find(Note, "why_words").said.en.startswith(f"It is read as {given}"))


def test_the_training_digits_shown_are_the_nearest_to_the_eye_or_to_the_network(driver: Driver) -> None:
    data = driver.window.document.experiment.dataset.load()
    row = driver.window.desk.drawing.image.ravel()
    by_eye = data.train_labels[nearest(data.x_train, row).samples]
    assert [item.caption for item in view(driver).like.items] == [str(k) for k in by_eye]
    driver.find(QComboBox, "why_eye").setCurrentIndex(1)
    newest = driver.window.controller.newest
    seen = as_seen(newest.network, newest.parameters, np.concatenate([row[None], data.x_train]))
    rows = data.x_train[nearest(seen[1:], seen[0]).samples]
    driver.wait(lambda: np.array_equal(view(driver).reasons.rows, rows))


def test_it_goes_when_the_drawing_goes_and_works_before_anything_is_trained(digits_room: Open) -> None:
    driver = digits_room("why")
    driver.settle()
    assert driver.find(Note, "why_words").said.en.startswith("Draw a digit")
    driver.draw(SEVEN)
    driver.wait(lambda: view(driver).reasons is not None and len(view(driver).reasons.labels) == 8)
    driver.click("clear_drawing")
    driver.settle()
    assert view(driver).reasons is None and not view(driver).like.items


@pytest.mark.parametrize("name", ["why", "ink_change", "pen_film", "digit_slice"])
def test_it_is_one_click_away_from_the_answer(drive: Open, name: str) -> None:
    driver = drive("digits")
    view = driver.window.docks[name].view
    driver.click(f"look_{name}")
    driver.wait(lambda: view.isVisible() and not view.visibleRegion().isEmpty())


def test_there_is_nothing_to_look_into_on_the_plane(drive: Open) -> None:
    assert not drive("three-classes").find(QWidget, "look_why").isVisible()
