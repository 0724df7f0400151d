"""Data of one's own, by menu and by dropping it on the window."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QTableWidget

from nnplayground.data.datasets.own_data import OwnData
from nnplayground.data.handwriting import strokes_of
from nnplayground.data.pictures import picture_image
from nnplayground.data.strokes import digit_image
from nnplayground.exports import exports
from nnplayground.gui import ask_file
from nnplayground.gui.import_dialog import ImportDialog
from nnplayground.gui.pictures import read_picture
from tests.gui.driving import Driver

Open = Callable[..., Driver]
TEXT = "長さ,幅,種類\n" + "".join(f"{i % 7},{i % 5 + (i % 3) * 4},{'猫犬鳥'[i % 3]}\n" for i in range(60))


def drop(driver: Driver, *paths: Path) -> None:
    """Drop files on the window, as a desktop does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    window, left, none = driver.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(window.rect().center(), Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none))


def dialog(driver: Driver) -> ImportDialog:
    driver.wait(lambda: driver.window.importing.dialog is not None)
    found = driver.window.importing.dialog
    assert isinstance(found, ImportDialog)
    return found


def press_import(driver: Driver) -> None:
    QTest.mouseClick(dialog(driver).findChild(QPushButton, "import_ok"), Qt.MouseButton.LeftButton)


def own(driver: Driver) -> bool:
    return isinstance(driver.window.document.experiment.dataset, OwnData)


def test_a_table_that_is_dropped_is_shown_understood_and_learnt(drive: Open, tmp_path: Path) -> None:
    driver = drive()
    (tmp_path / "動物.csv").write_bytes(TEXT.encode("cp932"))
    drop(driver, tmp_path / "動物.csv")
    shown = dialog(driver)
    preview = shown.findChild(QTableWidget, "import_preview")
    assert shown.encoding.currentData() == "cp932" and shown.header.isChecked()
    assert preview.horizontalHeaderItem(0).text() == "長さ" and preview.item(1, 2).text() == "犬"
    assert shown.answer.currentText() == "種類"
    press_import(driver)
    driver.wait(lambda: own(driver))
    dataset = driver.window.document.experiment.dataset
    assert dataset.classes == ("犬", "猫", "鳥") and dataset.features == ("長さ", "幅")
    assert driver.window.document.experiment.layers[-1].units == 3
    assert "60" in driver.get("message") and "猫: 20" in driver.get("message")
    driver.action("epoch").trigger()
    driver.wait(lambda: driver.get("step") > 0)
    driver.window.document.undo_stack.undo()
    assert driver.window.document.experiment.dataset.id == "three-classes"


def test_what_was_guessed_can_be_changed(drive: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    driver = drive()
    (tmp_path / "a.csv").write_text("1;2\n3;4\n5;7\n", encoding="utf-8")
    monkeypatch.setattr(ask_file, "to_open", lambda *_: tmp_path / "a.csv")
    driver.action("import_table").trigger()
    shown = dialog(driver)
    assert shown.delimiter.currentData() == ";" and not shown.header.isChecked()
    delimiter: QComboBox = shown.findChild(QComboBox, "import_delimiter")
    delimiter.setFocus()
    QTest.keyClick(delimiter, Qt.Key.Key_Home)
    assert delimiter.currentData() == "," and shown.preview.columnCount() == 1
    press_import(driver)
    driver.wait(lambda: shown.note.said is not None)
    assert "single column" in shown.note.said.en and not own(driver)
    delimiter.setCurrentIndex(delimiter.findData(";"))
    assert shown.note.said is None and shown.preview.columnCount() == 2
    shown.reject()


def test_c13_incomplete_rows_block_until_somebody_decides(drive: Open, tmp_path: Path) -> None:
    driver = drive()
    (tmp_path / "a.csv").write_text(TEXT + "1,,猫\n1,2\n", encoding="utf-8")
    drop(driver, tmp_path / "a.csv")
    shown = dialog(driver)
    press_import(driver)
    driver.wait(lambda: shown.note.said is not None)
    assert "leave them out" in shown.note.said.en and not own(driver)
    shown.gaps.setCurrentIndex(shown.gaps.findData("drop"))
    press_import(driver)
    driver.wait(lambda: own(driver))
    assert "60 samples" in driver.get("message") and "row 62" in driver.get("message")


def test_what_is_no_table_is_said_and_changes_nothing(drive: Open, tmp_path: Path) -> None:
    driver = drive()
    before = driver.window.document.experiment
    (tmp_path / "a.csv").write_bytes(b"")
    drop(driver, tmp_path / "a.csv")
    driver.wait(lambda: "empty" in driver.get("message"))
    assert driver.window.document.experiment is before and driver.window.importing.dialog is None


def picture(path: Path, width: int, level: int, ground: int = 255) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    image = QImage(width, 40, QImage.Format.Format_Grayscale8)
    image.fill(ground)
    for x in range(width // 3, 2 * width // 3):
        for y in range(10, 30):
            image.setPixelColor(x, y, QColor(level, level, level))
    assert image.save(str(path))


def test_i09_i10_a_folder_of_pictures(drive: Open, tmp_path: Path) -> None:
    driver = drive()
    for i in range(4):
        picture(tmp_path / "pets" / "cat" / f"{i}.png", 30 + 20 * i, 200)
        picture(tmp_path / "pets" / "dog" / f"{i}.png", 60, 10)
    (tmp_path / "pets" / "dog" / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    (tmp_path / "pets" / "readme.md").write_text("x")
    drop(driver, tmp_path / "pets")
    driver.wait(lambda: own(driver))
    dataset = driver.window.document.experiment.dataset
    assert dataset.classes == ("cat", "dog") and dataset.input_shape == (1, 28, 28)
    said = driver.get("message")
    assert "8 pictures" in said and "inverted" in said and "broken.png" in said
    data = dataset.load()
    x, t = np.concatenate([data.x_train, data.x_test]), np.concatenate([data.train_labels, data.test_labels])
    assert x[t == 1].max() > 0.9 > 0.5 > x[t == 0].max() and x[:, 0].max() == 0  # ink is 1, paper is 0


def test_digits_in_pictures_are_prepared_as_drawings_are_unless_it_is_switched_off(drive: Open, tmp_path: Path) -> None:
    driver = drive()
    rng = np.random.default_rng(0)
    for label in ("3", "7"):
        for i in range(4):
            paper = np.full((70, 90), 255, np.uint8)
            paper[5 + 10 * i : 33 + 10 * i, 40:68] -= (digit_image(strokes_of(int(label), rng)) * 240).astype(np.uint8)
            path = tmp_path / "digits" / label / f"{i}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            assert QImage(paper.data, 90, 70, 90, QImage.Format.Format_Grayscale8).save(str(path))
    drop(driver, tmp_path / "digits")
    driver.wait(lambda: own(driver))
    said = driver.get("message")
    assert "as drawings are" in said and "inverted" not in said
    data = driver.window.document.experiment.dataset.load()
    x = np.concatenate([data.x_train, data.x_test])
    for path in (tmp_path / "digits").glob("*/*.png"):
        expected = picture_image(read_picture(path)).ravel()
        assert expected.max() > 0.9
        assert np.abs(x - expected).max(axis=1).min() < 1 / 255, "the same that the canvas makes of it"

    driver.action("import_drawn").trigger()
    first = driver.window.document.experiment.dataset
    drop(driver, tmp_path / "digits")
    driver.wait(lambda: driver.window.document.experiment.dataset != first)
    assert "as drawings are" not in driver.get("message")


def test_idx_files_that_belong_together(drive: Open, tmp_path: Path) -> None:
    driver = drive()
    rng = np.random.default_rng(1)
    (tmp_path / "my-images-idx3-ubyte").write_bytes(
        b"\0\0\x08\x03" + b"".join(n.to_bytes(4) for n in (20, 6, 5)) + rng.integers(0, 256, 600, np.uint8).tobytes()
    )
    (tmp_path / "my-labels-idx1-ubyte").write_bytes(b"\0\0\x08\x01" + (20).to_bytes(4) + bytes([3, 7] * 10))
    drop(driver, tmp_path / "my-images-idx3-ubyte")
    driver.wait(lambda: own(driver))
    assert driver.window.document.experiment.dataset.classes == ("3", "7")


def test_a_script_of_one_s_own_data_names_the_file_that_carries_it(drive: Open, tmp_path: Path) -> None:
    driver = drive()
    (tmp_path / "a.csv").write_bytes(TEXT.encode())
    drop(driver, tmp_path / "a.csv")
    press_import(driver)
    driver.wait(lambda: own(driver))
    driver.action("step").trigger()
    driver.wait(lambda: driver.window.controller.newest.step > 0)
    window = driver.window
    assert window.files.save_to(tmp_path / "mine.nnp") and window.files.keeper.finish()
    assert window.exporting.write(exports["keras"], tmp_path / "mine-keras.py") and window.files.keeper.finish()
    code = (tmp_path / "mine-keras.py").read_text("utf-8")
    assert repr(str(tmp_path / "mine.nnp"))[1:-1] in code
    ran = subprocess.run([sys.executable, tmp_path / "mine-keras.py"], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr


def test_g19_the_first_of_many_files_is_opened_and_an_experiment_stays_one(drive: Open, tmp_path: Path) -> None:
    driver = drive()
    assert driver.window.files.save_to(tmp_path / "mine.nnp") and driver.window.files.keeper.finish()
    driver.choose("experiment_box", "xor")
    drop(driver, tmp_path / "mine.nnp", *(tmp_path / f"{i}.nnp" for i in range(1000)))
    assert driver.window.files.path == tmp_path / "mine.nnp"


def test_t08_closing_while_a_folder_is_read_ends_it(drive: Open, tmp_path: Path) -> None:
    driver = drive()
    for i in range(60):
        picture(tmp_path / "many" / f"class{i % 2}" / f"{i}.png", 900, 10)
    drop(driver, tmp_path / "many")
    assert driver.window.close()
    assert driver.window.importing._work is None
