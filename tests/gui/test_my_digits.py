from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QPushButton, QToolButton

from nnplayground.data import my_digits
from nnplayground.data.datasets.my_digits import MyDigits
from nnplayground.data.my_digits import KeptDigit
from nnplayground.data.strokes import digit_image
from nnplayground.gui.image_grid import ImageGrid
from tests.gui.driving import ONE, SEVEN, Driver
from tests.gui.panes_of_digits import shares, strokes

Open = Callable[..., Driver]


def labels() -> list[int]:
    """The labels in the file."""
    return [digit.label for digit in my_digits.load()]


def grid(driver: Driver) -> ImageGrid:
    found = driver.find(ImageGrid, "my_digits_grid")
    assert isinstance(found, ImageGrid)
    return found


def keep(driver: Driver, label: int) -> None:
    """Draw a seven and keep it, by the button's menu and the digit's key."""
    driver.draw(SEVEN)
    menu = driver.find(QMenu, "keep_menu")
    button = driver.find(QToolButton, "keep_digit")
    assert button.isEnabled() and button.menu() is menu
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
    QTest.keyClick(menu, str(label))
    driver.click("clear_drawing")
    driver.wait(lambda: len(grid(driver).items) == len(driver.window.desk.my_digits.digits))


def select(driver: Driver, *places: int) -> None:
    view = grid(driver)
    for i, place in enumerate(places):
        where = view.visualRect(view.model().index(place, 0)).center()
        keys = Qt.KeyboardModifier.ControlModifier if i else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, keys, where)


def press(driver: Driver, key: str | Qt.Key) -> None:
    QTest.keyClick(grid(driver), key)
    driver.settle()


@pytest.fixture
def driver(digits_room: Open) -> Driver:
    return digits_room("my_digits")


def test_a_drawing_is_kept_with_its_label_and_its_strokes(driver: Driver) -> None:
    assert not driver.find(QToolButton, "keep_digit").isEnabled()
    driver.draw(SEVEN)
    drawn = strokes(driver)
    keep(driver, 7)
    assert labels() == [7] and driver.window.desk.teacher.label < 0, "kept and not taught"
    (kept,) = my_digits.load()
    assert abs(digit_image(kept.strokes) - digit_image([*drawn, *drawn])).max() < 0.1
    assert np.array_equal(grid(driver).items[0].pixels, kept.pixels)


def test_it_marks_what_the_network_misreads(driver: Driver) -> None:
    keep(driver, 7)
    (kept,) = my_digits.load()
    read = int(shares(driver, kept.pixels / np.float32(255)).argmax())
    for label in (read, (read + 1) % 10):
        select(driver, 0)
        press(driver, str(label))
        assert grid(driver).items[0].marked == (label != read)
    assert str(read) in grid(driver).items[0].spoken.en


def test_labels_are_corrected_digits_taken_away_and_both_undone(driver: Driver) -> None:
    for label in (1, 2, 3):
        keep(driver, label)
    select(driver, 0, 2)
    press(driver, "9")
    assert labels() == [9, 2, 9]
    select(driver, 1)
    press(driver, Qt.Key.Key_Delete)
    assert labels() == [9, 9] and len(grid(driver).items) == 2
    driver.click("my_digits_undo")
    assert labels() == [9, 2, 9]
    driver.click("my_digits_undo")
    driver.settle()
    assert labels() == [1, 2, 3] and len(grid(driver).items) == 3
    select(driver, 1)
    driver.find(QAction, "my_digits_label_5").trigger()
    assert labels() == [1, 5, 3]


def test_one_class_alone_is_shown_and_worked_on(driver: Driver) -> None:
    for label in (1, 2, 1, 3):
        keep(driver, label)
    driver.choose("my_digits_filter", 1)
    driver.settle()
    assert [item.caption[0] for item in grid(driver).items] == ["1", "1"]
    select(driver, 1)
    driver.click("my_digits_delete")
    assert labels() == [1, 2, 3]


def test_a_kept_digit_is_drawn_again(driver: Driver) -> None:
    keep(driver, 7)
    driver.draw(ONE)
    select(driver, 0)
    press(driver, Qt.Key.Key_Return)
    (kept,) = my_digits.load()
    assert abs(driver.window.desk.drawing.image * 255 - kept.pixels).max() < 1
    driver.click("undo_stroke")
    assert len(strokes(driver)) == 1


def test_they_are_trained_on_and_renewed_after_a_change(driver: Driver) -> None:
    button = driver.find(QPushButton, "my_digits_train")
    document = driver.window.document
    for label in (7, 7):
        keep(driver, label)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    first = document.experiment.dataset
    assert isinstance(first, MyDigits) and not button.isEnabled()
    keep(driver, 1)
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert document.experiment.dataset.version != first.version
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert document.experiment.dataset.id == "generated-digits"


def test_files_are_written_and_added(driver: Driver, tmp_path: Path) -> None:
    mine = driver.window.desk.my_digits
    keep(driver, 4)
    assert mine.export_to(tmp_path / "out.json")
    assert my_digits.read(tmp_path / "out.json") == mine.digits
    assert mine.import_from(tmp_path / "out.json")
    assert labels() == [4, 4]
    (tmp_path / "broken.json").write_bytes(b"{")
    told = []
    driver.window.ui.told.connect(lambda notice: told.append(notice.text.en))
    assert not mine.import_from(tmp_path / "broken.json")
    assert not mine.export_to(tmp_path / "missing" / "\0")
    assert "broken.json" in told[0] and len(told) == 2 and labels() == [4, 4]


def test_a_damaged_file_is_told_of_and_kept(driver: Driver) -> None:
    file = my_digits.path()
    file.parent.mkdir(parents=True)
    file.write_bytes(b"damaged")
    told = []
    driver.window.ui.told.connect(lambda notice: told.append(notice.text.en))
    driver.window.desk.my_digits._digits = None
    keep(driver, 3)
    assert "my-digits.bak" in told[0]
    assert file.with_name("my-digits.bak").read_bytes() == b"damaged"
    assert labels() == [3]


def test_what_cannot_be_saved_is_told_and_not_shown_as_kept(driver: Driver) -> None:
    file = my_digits.path()
    file.mkdir(parents=True)  # a folder where the file should be
    driver.window.desk.my_digits._digits = ()
    told = []
    driver.window.ui.told.connect(lambda notice: told.append(notice.text.en))
    keep(driver, 3)
    assert len(told) == 1 and "my-digits.json" in told[0]
    assert not driver.window.desk.my_digits.digits


def test_menu_says_what_the_network_reads(driver: Driver) -> None:
    driver.draw(SEVEN)
    menu = driver.find(QMenu, "keep_menu")
    menu.popup(driver.window.mapToGlobal(driver.window.rect().center()))
    QApplication.processEvents()
    read = driver.window.desk.question.answer.prediction
    named = [i for i in range(10) if "as it was read" in driver.find(QAction, f"keep_{i}").text()]
    assert named == [read]
    menu.close()


def test_a_filter_keeps_its_choice_while_it_can(driver: Driver) -> None:
    box = driver.find(QComboBox, "my_digits_filter")
    driver.choose("my_digits_filter", 4)
    box.set_classes(["a", "b", "c", "d", "e"])
    assert box.value == 4
    chosen = []
    box.chosen.connect(chosen.append)
    box.set_classes(["a", "b"])
    assert box.value == -1 and chosen == [-1]


def test_kept_digit_points_are_plain(driver: Driver) -> None:
    driver.draw(SEVEN)
    kept = KeptDigit.of(7, driver.window.desk.drawing.strokes)
    assert all(isinstance(v, float) for stroke in kept.strokes for point in stroke for v in point)
