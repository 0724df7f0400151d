from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from nnplayground.data import download
from nnplayground.data.datasets import Dataset
from nnplayground.data.datasets.generated_digits import GeneratedDigits
from nnplayground.data.datasets.mnist import Mnist
from nnplayground.data.download import Download
from nnplayground.data.sources import Source
from nnplayground.gui import fetching
from nnplayground.gui.designer.download_row import DownloadRow
from nnplayground.gui.note import Note
from nnplayground.gui.ui import Ui
from tests.data.toy_server import CONTENTS, Server, break_both, cut, server, source, stall, whole
from tests.gui.driving import Driver

__all__ = ["server", "source"]


@dataclass(frozen=True)
class Toys(Dataset):
    """Data that is downloaded from the test's own server."""

    source: Source | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        return () if self.source is None else (self.source,)


@pytest.fixture
def row(ui: Ui, qtbot: QtBot, source: Source, monkeypatch: pytest.MonkeyPatch) -> Iterator[DownloadRow]:
    monkeypatch.setattr(download, "Download", partial(Download, stall=5.0, schemes=("http",)))
    made = DownloadRow(ui)
    qtbot.addWidget(made)
    made.show_for(Toys(source))
    qtbot.waitUntil(made.isVisible)
    yield made
    fetching.end_all()


def press(row: DownloadRow, name: str) -> None:
    button = row.findChild(QPushButton, f"download_{name}")
    assert button.isVisible() and button.accessibleName()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def start_words(row: DownloadRow) -> str:
    return row.findChild(QPushButton, "download_start").text()


def said(row: DownloadRow) -> str:
    found = row.findChild(Note).said
    return found.en if found is not None else ""


def test_w13_nothing_is_fetched_before_the_click_and_the_size_is_said(
    row: DownloadRow, server: Server, source: Source
) -> None:
    assert not server.requests
    assert "Toys" in said(row)
    assert start_words(row) == f"Download ({source.size / 1e6:.0f} MB)"


def test_a_click_fetches_all_and_the_row_goes(row: DownloadRow, source: Source, qtbot: QtBot, ui: Ui) -> None:
    told = []
    ui.told.connect(lambda notice: told.append(notice.text.en))
    press(row, "start")
    qtbot.waitUntil(lambda: not row.isVisible())
    assert not source.missing()
    assert len(told) == 1 and "Toys" in told[0]
    row.show_for(Toys(source))
    assert not row.isVisible()


def test_w09_pressed_twice_it_is_fetched_once(row: DownloadRow, server: Server, qtbot: QtBot) -> None:
    press(row, "start")
    row._fetching.start()
    qtbot.waitUntil(lambda: not row.isVisible())
    assert sorted(path.split("/")[-1] for path, _ in server.requests) == sorted(CONTENTS)


def test_progress_is_shown_and_cancel_keeps_what_came(
    row: DownloadRow, server: Server, source: Source, qtbot: QtBot
) -> None:
    break_both(server, stall)
    press(row, "start")
    bar = row.findChild(QProgressBar)
    qtbot.waitUntil(lambda: bar.isVisible() and bar.value() > 0)
    press(row, "cancel")
    qtbot.waitUntil(lambda: row.findChild(QPushButton, "download_start").isVisible())
    assert start_words(row).startswith("Go on")
    server.answers.clear()
    press(row, "start")
    qtbot.waitUntil(lambda: not row.isVisible())
    assert ("/one/train-images", "bytes=100-") in server.requests


def test_a_failure_is_said_in_words_and_can_be_tried_again(row: DownloadRow, server: Server, qtbot: QtBot) -> None:
    break_both(server, lambda handler, body: whole(handler, b"<html>log in</html>"))
    press(row, "start")
    qtbot.waitUntil(lambda: "could not be downloaded" in said(row))
    qtbot.waitUntil(row.findChild(QPushButton, "download_start").isVisible)
    assert row.findChild(Note).kind == "warning"
    assert start_words(row).startswith("Try again")
    break_both(server, cut)
    press(row, "start")
    qtbot.waitUntil(lambda: "of" in said(row) and "bytes" in said(row))
    qtbot.waitUntil(row.findChild(QPushButton, "download_start").isVisible)
    server.answers.clear()
    press(row, "start")
    qtbot.waitUntil(lambda: not row.isVisible())


def test_t08_w09_ending_breaks_it_off(row: DownloadRow, server: Server, source: Source, qtbot: QtBot) -> None:
    break_both(server, stall)
    press(row, "start")
    qtbot.waitUntil(lambda: bool(server.requests))
    fetching.end_all()
    assert source.missing()


def test_only_what_needs_a_download_offers_one(
    drive: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NNPLAYGROUND_DATA_DIR", str(tmp_path))
    driver = drive("digits")
    start = driver.find(QPushButton, "download_start")
    assert not start.isVisible() and GeneratedDigits().sources == ()
    driver.choose("dataset_box", "mnist")
    assert driver.window.document.experiment.dataset == Mnist()
    driver.wait(start.isVisible)
    assert start.text() == "Download (12 MB)"
    driver.choose("dataset_box", "generated-digits")
    assert not start.isVisible()
