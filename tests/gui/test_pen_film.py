"""Going through a drawing again: what was read at each moment, and where the answer turned."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from nnplayground.gui import film
from nnplayground.gui.film_strip import FilmStrip
from nnplayground.gui.image_tile import ImageTile, as_bytes
from nnplayground.gui.views import digit
from tests.gui.driving import ONE, SEVEN, Driver
from tests.gui.panes_of_digits import shares

Open = Callable[..., Driver]


@pytest.fixture(autouse=True)
def _read_each_point(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test draws faster than a screen can show what is read."""
    monkeypatch.setattr(digit, "PACE", 0)


@pytest.fixture
def seen(digits_room: Open) -> tuple[Driver, list[tuple[list[float], np.ndarray]]]:
    """A seven drawn over the pen film, and what the bars and the image beside the canvas showed on the way."""
    driver = digits_room("pen_film")
    noted: list[tuple[list[float], np.ndarray]] = []
    bars = driver.find(QWidget, "probabilities")

    def note() -> None:
        noted.append((bars.property("values"), driver.window.desk.drawing.image.copy()))

    driver.window.desk.drawing.changed.connect(note)
    driver.draw(SEVEN)
    driver.settle()
    return driver, noted


def strip(driver: Driver) -> FilmStrip:
    found = driver.find(FilmStrip, "film_strip")
    assert isinstance(found, FilmStrip)
    return found


def shown(driver: Driver) -> np.ndarray:
    tile = driver.find(ImageTile, "film_image")
    assert isinstance(tile, ImageTile)
    return tile.pixels


def drag_to(driver: Driver, moment: int) -> None:
    place = QPoint(round(strip(driver).place_of(moment)), 30)
    QTest.mousePress(strip(driver), Qt.MouseButton.LeftButton, pos=QPoint(12, 30))
    QTest.mouseMove(strip(driver), place)
    QTest.mouseRelease(strip(driver), Qt.MouseButton.LeftButton, pos=place)


def test_each_moment_shows_exactly_what_was_read_then(seen) -> None:
    driver, noted = seen
    moments = driver.window.desk.film.moments
    assert len(moments) > 15
    driver.window.controller.step("batch")
    driver.settle()
    for k in (0, 3, 9, len(moments) - 1):
        drag_to(driver, k)
        assert strip(driver).at == k
        values, image = next(n for n in noted if np.array_equal(n[1], moments[k].image))
        assert strip(driver).shares[k].tolist() == values, "what was read then, and not what would be read now"
        assert np.array_equal(shown(driver), as_bytes(image))
        words = driver.find(QLabel, "film_words").text()
        assert words.startswith(f"Moment {k + 1} of {len(moments)}: {int(np.argmax(values))}, {max(values):.1%}")
    assert not np.allclose(shares(driver, moments[-1].image), moments[-1].answer.values)


def test_the_turns_are_where_the_answer_changed(seen) -> None:
    driver, _ = seen
    read = strip(driver).shares.argmax(axis=1)
    turns = [i for i in range(1, len(read)) if read[i] != read[i - 1]]
    assert driver.window.desk.film.turns == turns
    assert turns, "an untrained network changes its mind about a seven"
    QTest.mouseClick(driver.find(QToolButton, "film_before"), Qt.MouseButton.LeftButton)
    assert strip(driver).at == turns[-1]
    strip(driver).setFocus()
    driver.key(Qt.Key.Key_Home)
    assert strip(driver).at == 0
    QTest.mouseClick(driver.find(QToolButton, "film_after"), Qt.MouseButton.LeftButton)
    assert strip(driver).at == turns[0]


def test_drawing_on_goes_to_the_end_and_undo_takes_moments_back(seen) -> None:
    driver, _ = seen
    moments = list(driver.window.desk.film.moments)
    drag_to(driver, 2)
    driver.draw(ONE)
    driver.wait(lambda: strip(driver).at == len(driver.window.desk.film.moments) - 1 > len(moments))
    driver.click("undo_stroke")
    assert driver.window.desk.film.moments == moments
    driver.click("clear_drawing")
    driver.settle()
    assert not driver.window.desk.film.moments
    assert driver.find(QLabel, "film_words").text().startswith("Draw a digit")
    driver.draw(ONE)
    assert driver.window.desk.film.moments[0].points == 1


def test_it_plays_to_the_end(seen) -> None:
    driver, _ = seen
    QTest.mouseClick(driver.find(QToolButton, "film_play"), Qt.MouseButton.LeftButton)
    assert strip(driver).at == 0
    driver.wait(lambda: strip(driver).at == len(driver.window.desk.film.moments) - 1)


def test_a_long_drawing_keeps_its_turns(seen, monkeypatch) -> None:
    driver, _ = seen
    before = driver.window.desk.film
    turned = [(before.moments[i].answer, before.moments[i].points) for i in before.turns]
    monkeypatch.setattr(film, "MOST", len(before.moments))
    driver.draw(ONE)
    after = driver.window.desk.film
    assert len(after.moments) <= film.MOST
    found = [(after.moments[i].answer, after.moments[i].points) for i in after.turns]
    assert found[: len(turned)] == turned
