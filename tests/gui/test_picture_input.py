from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QPainter, QPen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

from nnplayground.data.pictures import picture_image
from nnplayground.data.strokes import digit_image
from nnplayground.gui.image_tile import ImageTile, as_bytes
from nnplayground.gui.picture_input import NO_PICTURE, NOTHING_DROPPED, UNREAD
from nnplayground.gui.pictures import pixels_of
from tests.gui.driving import ONE, SEVEN, Driver
from tests.gui.panes_of_digits import strokes
from tests.gui.pixels import like

Open = Callable[..., Driver]


def photo(ink: str = "#202020", paper: str = "#e8e4d8") -> QImage:
    """A one written on paper."""
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor(paper))
    with QPainter(image) as painter:
        painter.setPen(QPen(QColor(ink), 16))
        painter.drawLine(170, 40, 150, 165)
    return image


def as_fed(image: QImage) -> np.ndarray:
    return picture_image(pixels_of(image))


def seen(driver: Driver) -> np.ndarray:
    return driver.find(ImageTile, "digit_image").pixels


@pytest.fixture
def driver(digits_room: Open) -> Driver:
    driver = digits_room()
    driver.told = []
    driver.window.ui.told.connect(lambda notice: driver.told.append(notice.text))
    return driver


def urls(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def pictured(image: QImage) -> QMimeData:
    data = QMimeData()
    data.setImageData(image)
    return data


def drop(driver: Driver, data: QMimeData) -> bool:
    """Drag `data` onto the canvas and let it go; whether it was taken."""
    canvas = driver.find(QWidget, "digit_canvas")
    view = canvas.parentWidget().parentWidget()
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(50, 50).toPoint(), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(view, enter)
    if enter.isAccepted():
        QApplication.sendEvent(view, QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, buttons, keys))
    return enter.isAccepted()


def test_a_dropped_file_is_shown_as_it_is_fed_and_read(driver: Driver, tmp_path: Path) -> None:
    photo().save(str(tmp_path / "one.png"))
    assert drop(driver, urls(tmp_path / "one.png"))
    expected = as_fed(photo())
    assert expected.max() > 0.9
    assert np.array_equal(seen(driver), as_bytes(expected))
    assert np.array_equal(driver.window.desk.question.row, expected.ravel())
    assert driver.find(QWidget, "probabilities").property("prediction") >= 0
    picture = driver.find(QWidget, "picture")
    assert picture.isVisible() and like(picture, "#e8e4d8", 8).mean() > 0.4


def test_light_ink_on_dark_is_read_the_same_and_can_be_inverted(driver: Driver) -> None:
    assert drop(driver, pictured(photo("#e8e4d8", "#202020")))
    read = seen(driver).copy()
    assert abs(read.astype(int) - as_bytes(as_fed(photo()))).max() < 60
    switch = driver.find(QCheckBox, "invert_picture")
    assert switch.isVisible() and not switch.isChecked()
    press = lambda: QTest.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(9, switch.height() // 2))
    press()
    assert switch.isChecked() and not np.array_equal(seen(driver), read)
    press()
    assert np.array_equal(seen(driver), read)


def test_drawing_begins_anew_and_undo_brings_the_strokes_back(driver: Driver) -> None:
    driver.draw(SEVEN)
    drawn = strokes(driver)
    drop(driver, pictured(photo()))
    assert not strokes(driver)
    driver.click("undo_stroke")
    assert not driver.find(QWidget, "picture").isVisible()
    assert np.array_equal(seen(driver), as_bytes(digit_image(drawn)))
    drop(driver, pictured(photo()))
    driver.draw(ONE)
    assert len(strokes(driver)) == 1
    assert np.array_equal(seen(driver), as_bytes(digit_image(strokes(driver))))
    assert not driver.find(QCheckBox, "invert_picture").isVisible()


def test_clear_takes_the_picture_away(driver: Driver) -> None:
    drop(driver, pictured(photo()))
    driver.click("clear_drawing")
    assert not driver.find(QWidget, "picture").isVisible()
    assert seen(driver).max() == 0
    assert driver.find(QWidget, "probabilities").property("prediction") == -1


def test_what_cannot_be_read_is_told_and_changes_nothing(driver: Driver, tmp_path: Path) -> None:
    driver.draw(SEVEN)
    before = seen(driver).copy()
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    blank = QImage(40, 40, QImage.Format.Format_RGB32)
    blank.fill(QColor("white"))
    pictures = driver.window.desk.pictures
    assert not pictures.open(tmp_path / "broken.png")
    assert not pictures.open(tmp_path / "missing.png")
    assert not pictures.take(pictured(blank))
    assert len(driver.told) == 3 and "broken.png" in driver.told[0].en and "missing.png" in driver.told[1].en
    assert np.array_equal(seen(driver), before) and len(strokes(driver)) == 1


def test_of_many_files_the_first_picture_is_taken(driver: Driver, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"no picture")
    photo().save(str(tmp_path / "b.png"))
    files = [tmp_path, tmp_path / "notes.txt", tmp_path / "a.png", tmp_path / "b.png"]
    assert drop(driver, urls(*files, *(tmp_path / f"{i}.png" for i in range(1000))))
    assert np.array_equal(seen(driver), as_bytes(as_fed(photo())))
    assert drop(driver, urls(tmp_path / "a.png", tmp_path / "c.png"))
    assert driver.told == [NOTHING_DROPPED]


def test_what_is_no_picture_is_left_to_the_window(driver: Driver, tmp_path: Path) -> None:
    words = QMimeData()
    words.setText("seven")
    assert not drop(driver, words)
    assert not drop(driver, urls(tmp_path, tmp_path / "mine.nnp"))


def test_a_network_that_reads_no_images_says_so(drive: Open) -> None:
    driver = drive("three-classes")
    QGuiApplication.clipboard().setImage(photo())
    driver.action("paste_picture").trigger()
    assert driver.get("message") == UNREAD.en


def test_the_clipboard_is_read_with_a_key(drive: Open) -> None:
    driver = drive("digits")
    QGuiApplication.clipboard().setText("seven")
    driver.key("v", Qt.KeyboardModifier.ControlModifier)
    assert driver.get("message") == NO_PICTURE.en
    QGuiApplication.clipboard().setImage(photo())
    driver.key("v", Qt.KeyboardModifier.ControlModifier)
    assert np.array_equal(seen(driver), as_bytes(as_fed(photo())))
    driver.window.setFocus()
    driver.key(Qt.Key.Key_Escape)
    assert seen(driver).max() == 0


def test_g16_g19_a_clipboard_that_gives_nothing_is_said(drive: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    driver = drive("digits")
    monkeypatch.setattr(type(QGuiApplication.clipboard()), "mimeData", lambda *_: None)
    driver.action("paste_picture").trigger()
    assert driver.get("message") == NO_PICTURE.en
