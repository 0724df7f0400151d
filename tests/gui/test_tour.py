"""A tour of the window: offered once, taken and left by mouse or keys, again whenever wanted."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QTextBrowser, QWidget
from shiboken6 import delete

from nnplayground.gui.settings import Settings
from nnplayground.gui.tour.bubble import beside
from nnplayground.gui.tour.guide import OFFER
from tests.gui.driving import Driver, nameless

Open = Callable[..., Driver]


def bubble(driver: Driver) -> QWidget:
    return driver.find(QWidget, "tour_bubble")


def test_it_leads_by_keys_to_everything_that_the_experiment_has(drive: Open) -> None:
    driver = drive("digits")
    canvas = driver.find(QWidget, "digit_canvas")
    canvas.setFocus()
    driver.window.docks["loss"].close()
    driver.action("tour").trigger()
    seen = []
    while (stop := driver.window.guide.stop) is not None:
        seen.append(stop.place)
        QApplication.processEvents()
        dock = driver.window.docks.get(stop.place)
        assert dock is None or dock.is_in_front(), stop.place
        ring = driver.find(QWidget, "tour_ring")
        assert ring.isVisible()
        assert driver.window.rect().contains(bubble(driver).geometry())
        if stop.place != "menu":  # the menu bar is as wide as the window
            assert not ring.geometry().intersects(bubble(driver).geometry()), stop.place
        assert not nameless(bubble(driver))
        driver.key(Qt.Key.Key_Return if len(seen) % 2 else Qt.Key.Key_Right)
    assert seen == ["designer", "play_button", "loss", "digit", "probabilities", "network", "menu"]
    assert not bubble(driver).isVisible()
    assert canvas.hasFocus()


def test_its_keys_do_nothing_else_and_escape_leaves_it(drive: Open) -> None:
    driver = drive("digits")
    driver.draw(((0.3, 0.3), (0.7, 0.7)))
    driver.action("tour").trigger()
    driver.key(Qt.Key.Key_Right)
    driver.key(Qt.Key.Key_Left)
    driver.key(Qt.Key.Key_Left)
    assert driver.window.guide.stop.place == "designer"
    driver.key(Qt.Key.Key_Escape)
    assert driver.window.guide.stop is None
    assert not driver.find(QWidget, "digit_canvas").property("empty")
    assert driver.get("state") == "idle"
    driver.action("tour").trigger()
    QTest.mouseClick(driver.find(QPushButton, "tour_next"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(driver.find(QPushButton, "tour_back"), Qt.MouseButton.LeftButton)
    assert driver.window.guide.stop.place == "designer"
    QTest.mouseClick(driver.find(QPushButton, "tour_skip"), Qt.MouseButton.LeftButton)
    assert not bubble(driver).isVisible()


def test_it_ends_when_what_had_the_keyboard_before_is_gone(drive: Open) -> None:
    driver = drive("digits")
    gone = QTextBrowser(driver.window)
    gone.show()
    gone.setFocus()
    driver.action("tour").trigger()
    delete(gone)
    driver.key(Qt.Key.Key_Escape)
    assert driver.window.guide.stop is None
    assert not bubble(driver).isVisible()


def test_it_shows_the_map_where_there_is_nothing_to_draw(drive: Open) -> None:
    driver = drive("three-classes")
    driver.action("tour").trigger()
    places = [stop.place for stop in driver.window.guide._stops]
    assert "decision_map" in places
    assert "digit" not in places
    driver.window.resize(1024, 700)
    QApplication.processEvents()
    assert driver.window.rect().contains(bubble(driver).geometry())


def test_it_is_offered_once_and_not_over_something_urgent(drive: Open, tmp_path: Path) -> None:
    driver = drive()
    guide, settings = driver.window.guide, Settings(tmp_path / "own")
    driver.window.message_bar.show_message(OFFER.same("urgent"), "warning")
    guide.offer(settings)
    assert driver.get("message") == "urgent"
    driver.window.message_bar.clear()
    guide.offer(settings)
    assert driver.get("message") == OFFER.en
    button = driver.window.message_bar.findChild(QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert guide.stop is not None
    assert driver.get("message") == ""
    guide.end()
    guide.offer(settings)
    assert driver.get("message") == ""


def test_the_offer_goes_when_somebody_begins(drive: Open, tmp_path: Path) -> None:
    driver = drive()
    driver.window.guide.offer(Settings(tmp_path / "own"))
    driver.click("play_button")
    assert driver.get("message") == ""


@pytest.mark.parametrize("target", [QRect(0, 0, 300, 800), QRect(700, 0, 300, 400), QRect(0, 0, 1000, 60), None])
def test_it_stands_beside_what_it_speaks_of(target: QRect | None) -> None:
    room = QRect(0, 0, 1000, 800)
    place = beside(target, QSize(300, 150), room)
    assert room.contains(place)
    assert target is None or not place.intersects(target)
