"""Letters half as large again, as a desktop may be set to: nothing is cut off, everything can be reached."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tests.gui.driving import Driver
from tests.gui.fitting import misfits, painted
from tests.gui.test_importing import TEXT, drop
from tests.gui.test_importing import dialog as import_dialog

Open = Callable[..., Driver]
looks = pytest.mark.parametrize(
    ("experiment", "lang", "size"),
    [
        ("digits", "ja", (1400, 900)),
        ("digits", "en", (1024, 700)),
        ("three-classes", "ja", (1024, 700)),
        ("three-classes", "en", (1400, 900)),
    ],
)


@pytest.fixture(autouse=True)
def large_letters(qapp: QApplication) -> Iterator[None]:
    usual = qapp.font()
    large = QFont(usual)
    large.setPointSizeF(usual.pointSizeF() * 1.5)
    qapp.setFont(large)
    yield
    qapp.setFont(usual)
    qapp.setProperty("nnplayground_look", None)


@looks
def test_nothing_is_cut_off_in_any_pane(
    drive: Open, monkeypatch: pytest.MonkeyPatch, experiment: str, lang: str, size: tuple[int, int]
) -> None:
    driver = drive(experiment, lang=lang)
    window = driver.window
    window.resize(*size)
    driver.action("step").trigger()
    driver.settle()
    wrong = set(misfits(window))
    for dock in window.docks.values():
        dock.show()
        dock.raise_()
        driver.settle()
        wrong |= set(misfits(window))
        with painted(monkeypatch) as cut:
            window.grab()
        wrong |= set(cut)
        if not dock.pane.opened:
            dock.close()
    assert not sorted(wrong)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_nothing_is_cut_off_in_a_dialog(drive: Open, tmp_path: Path, lang: str) -> None:
    driver = drive("three-classes", lang=lang)
    for name in ("keys", "about"):
        driver.action(name).trigger()
        dialog = driver.window.findChild(QDialog, name)
        assert dialog is not None, name
        assert not misfits(dialog)
        dialog.close()
    (tmp_path / "table.csv").write_text(TEXT)
    drop(driver, tmp_path / "table.csv")
    dialog = import_dialog(driver)
    assert not misfits(dialog)
    dialog.reject()
    driver.action("tour").trigger()
    assert not misfits(driver.window)


@pytest.mark.parametrize(
    ("scale", "experiment", "lang", "points", "panes"),
    [("1.25", "three-classes", "en", "6", "sample_way"), ("3", "digits", "ja", "22", "digit_slice")],
)
def test_g02_nothing_is_cut_off_with_tiny_and_huge_letters_on_any_screen(
    scale: str, experiment: str, lang: str, points: str, panes: str
) -> None:
    command = [sys.executable, "-m", "tests.long.letters", scale, experiment, lang, points, panes]
    done = subprocess.run(command, capture_output=True, text=True, timeout=110)
    assert f"{points} points: 0 cut off" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0


def test_what_is_cut_off_is_found(qtbot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    QLabel("a label with many words", room).setGeometry(0, 0, 30, 40)
    QPushButton("a button", room).setGeometry(380, 0, 200, 60)
    area = QScrollArea(room)
    area.setGeometry(0, 100, 300, 200)
    inner = QWidget()
    QVBoxLayout(inner).addWidget(QPushButton("one that can be scrolled to"))
    inner.resize(800, 800)
    area.setWidget(inner)
    room.resize(400, 300)
    room.show()
    found = misfits(room)
    assert len(found) == 2, found
    assert "a label" in found[0]
    assert "beyond" in found[1]
