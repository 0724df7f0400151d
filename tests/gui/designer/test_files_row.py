"""Choosing images of one's own in the designer: IDX files, and folders of pictures."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from nnplayground.data.datasets.generated_digits import GeneratedDigits
from nnplayground.data.datasets.image_files import ImageFiles
from nnplayground.data.handwriting import generate
from nnplayground.data.idx import to_idx
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.gui import ask_file, image_folder
from nnplayground.gui.designer.files_row import FilesRow
from nnplayground.gui.document import Document
from nnplayground.training.experiment import Experiment
from tests.gui.driving import PATIENCE


@pytest.fixture
def document(qapp) -> Document:
    return Document(Experiment(dataset=ImageFiles(), layers=(Flatten(), Dense(10, Softmax()))))


@pytest.fixture
def row(ui, qtbot, document, monkeypatch, tmp_path) -> FilesRow:
    monkeypatch.setattr(image_folder, "home", lambda: tmp_path / "kept")
    made = FilesRow(ui, document)
    qtbot.addWidget(made)
    made.show()
    return made


def press(row: FilesRow, name: str) -> None:
    QTest.mouseClick(row.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def said(row: FilesRow) -> str:
    return " ".join(label.text() for label in row.findChildren(QLabel) if label.isVisible())


def pictures(folder: Path, count: int) -> np.ndarray:
    """Dark digits on light paper, as large PNG files in folders 0 to 9, and one that is no picture."""
    images, labels = generate(count, 3, dtype=np.uint8)
    for i, (image, label) in enumerate(zip(images, labels, strict=True)):
        (folder / str(label)).mkdir(parents=True, exist_ok=True)
        large = np.ascontiguousarray(255 - np.kron(image, np.ones((4, 4), np.uint8)))
        QImage(large.data, 112, 112, 112, QImage.Format.Format_Grayscale8).save(
            str(folder / str(label) / f"{i:03}.png")
        )
    (folder / "3").mkdir(exist_ok=True)
    (folder / "3" / "broken.png").write_bytes(b"no picture")
    return labels


def test_it_is_there_for_this_data_only(row, document):
    assert row.isVisible()
    document.change(dataset=GeneratedDigits())
    assert not row.isVisible()
    document.undo_stack.undo()
    assert row.isVisible()


def test_files_are_chosen_and_their_labels_found(row, document, tmp_path, monkeypatch):
    images, labels = generate(30, 1, dtype=np.uint8)
    (tmp_path / "a-images").write_bytes(to_idx(images))
    (tmp_path / "a-labels").write_bytes(to_idx(labels.astype(np.uint8)))
    monkeypatch.setattr(ask_file, "to_open", lambda *_: tmp_path / "a-images")
    press(row, "choose_files")
    data = document.experiment.dataset.load()
    assert len(data.x_train) + len(data.x_test) == 30
    document.undo_stack.undo()
    assert document.experiment.dataset == ImageFiles()


def test_labels_of_another_name_are_asked_for(row, document, tmp_path, monkeypatch):
    images, labels = generate(30, 1, dtype=np.uint8)
    (tmp_path / "x").write_bytes(to_idx(images))
    (tmp_path / "y").write_bytes(to_idx(labels.astype(np.uint8)))
    answers = [tmp_path / "x", tmp_path / "y"]
    monkeypatch.setattr(ask_file, "to_open", lambda *_: answers.pop(0))
    press(row, "choose_files")
    assert document.experiment.dataset.labels == str(tmp_path / "y")
    monkeypatch.setattr(ask_file, "to_open", lambda *_: None)
    press(row, "choose_files")
    assert document.experiment.dataset.labels == str(tmp_path / "y")


def test_a_folder_of_pictures_is_read_as_the_canvas_reads_them(row, document, tmp_path, monkeypatch, qtbot):
    labels = pictures(tmp_path / "mine", 40)
    monkeypatch.setattr(ask_file, "folder", lambda *_: tmp_path / "mine")
    press(row, "choose_folder")
    assert not row.findChild(QPushButton, "choose_files").isEnabled()
    qtbot.waitUntil(lambda: document.experiment.dataset.images != "", timeout=PATIENCE)
    assert "40 pictures were read from mine; in 1 no digit was found" in said(row)
    data = document.experiment.dataset.load()
    found = np.concatenate([data.train_labels, data.test_labels])
    assert np.array_equal(np.bincount(found, minlength=10), np.bincount(labels, minlength=10))
    ink = np.concatenate([data.x_train, data.x_test]).reshape(-1, 28, 28)
    assert (ink.max(axis=(1, 2)) > 0.7).all() and (ink[:, :2, :].max() < 0.5), "light ink on dark, in the middle"


def test_a_folder_without_digits_is_refused_in_words(row, document, tmp_path, monkeypatch, qtbot):
    (tmp_path / "empty").mkdir()
    monkeypatch.setattr(ask_file, "folder", lambda *_: tmp_path / "empty")
    press(row, "choose_folder")
    qtbot.waitUntil(lambda: "holds no pictures of digits" in said(row), timeout=PATIENCE)
    assert document.experiment.dataset == ImageFiles()
    assert row.findChild(QPushButton, "choose_folder").isEnabled()
