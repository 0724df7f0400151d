"""The experiment for others: exports, report, pictures, share codes, code."""

import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QAction, QGuiApplication, QImage
from PySide6.QtWidgets import QMenu, QPlainTextEdit

from nnplayground.exports import exports
from nnplayground.gui import ask_file
from nnplayground.training.trainer import Trainer
from tests.gui.driving import Driver

Open = Callable[..., Driver]


def answer(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(ask_file, "to_save", lambda *_: path)


def fill(driver: Driver) -> None:
    driver.find(QMenu, "menu_export").aboutToShow.emit()


@pytest.mark.parametrize("kind", exports)
def test_the_menu_writes_what_the_network_has_learnt(
    drive: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    driver = drive()
    driver.action("epoch").trigger()
    driver.wait_for_state("paused")
    fill(driver)
    path = tmp_path / ("out" + exports[kind].suffix)
    answer(monkeypatch, path)
    driver.find(QAction, f"action_export_{kind}").trigger()
    driver.wait(lambda: driver.get("message") == f"Saved: {path.name}")
    data = path.read_bytes()
    learnt = driver.window.controller.newest.parameters
    if kind == "safetensors":
        assert learnt[:2].tobytes() in data
    assert len(data) > 100


def test_an_export_that_cannot_be_is_said(drive: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    driver = drive()
    fill(driver)
    answer(monkeypatch, tmp_path / "missing" / "a.onnx")
    driver.find(QAction, "action_export_onnx").trigger()
    assert "could not be saved" in driver.get("message")


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_report_is_a_pdf_that_says_what_was_done(drive: Open, tmp_path: Path, lang: str) -> None:
    driver = drive(lang=lang)
    driver.action("epoch").trigger()
    driver.wait_for_state("paused")
    driver.window.desk.notes.set("<b>見た</b> & noted")
    assert driver.window.exporting.write_report(tmp_path / "a.pdf")
    driver.wait(lambda: "a.pdf" in driver.get("message"))
    data = (tmp_path / "a.pdf").read_bytes()
    assert data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF") and len(data) > 5_000


@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_a_panel_as_a_picture(drive: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    driver = drive()
    fill(driver)
    path = tmp_path / ("loss" + suffix)
    answer(monkeypatch, path)
    driver.find(QAction, "action_export_pane_loss").trigger()
    driver.wait(path.exists)
    view = driver.window.docks["loss"].view
    if suffix == ".png":
        assert QImage(str(path)).size() == view.size() * view.devicePixelRatioF()
    else:
        root = ET.parse(path).getroot()
        assert root.tag.endswith("svg") and len(list(root.iter())) > 30
        assert root.attrib["viewBox"].split()[2:] == [str(view.width()), str(view.height())]


def test_only_panels_that_are_seen_are_offered_as_pictures(drive: Open) -> None:
    driver = drive()
    fill(driver)
    driver.window.docks["loss"].close()
    driver.find(QMenu, "menu_export_pane").aboutToShow.emit()
    assert not driver.find(QAction, "action_export_pane_loss").isVisible()
    assert driver.find(QAction, "action_export_pane_designer").isVisible()


def test_a_share_code_goes_round(drive: Open) -> None:
    driver = drive()
    window = driver.window
    window.document.change(learning_rate=0.0625, batch_size=7)
    mine = window.document.experiment
    driver.action("copy_share").trigger()
    code = QGuiApplication.clipboard().text()
    driver.choose("experiment_box", "xor")
    assert window.sharing.open(f"  {code[:50]}\n{code[50:]} ")
    assert window.document.experiment.replace(description=mine.description) == mine.replace(name="")
    assert window.files.path is None
    before = window.document.experiment
    assert not window.sharing.open("nnp1.abc") and "copy the whole code" in driver.get("message")
    assert window.document.experiment is before


def code(driver: Driver) -> str:
    dock = driver.window.docks["code"]
    dock.show()
    dock.raise_()
    driver.wait(lambda: bool(driver.find(QPlainTextEdit, "code").toPlainText()))
    return str(driver.find(QPlainTextEdit, "code").toPlainText())


CHECK = """
import numpy as np, sys
np.savez(sys.argv[1], losses=history.history["loss"], *model.get_weights())
"""


def test_the_code_follows_each_change_and_gives_the_same_bits(drive: Open, tmp_path: Path) -> None:
    driver = drive("xor")
    window = driver.window
    window.document.change(learning_rate=0.0625, batch_size=7, epochs=3)
    first = code(driver)
    assert "0.0625" in first and "# Data" in first
    driver.action("add_dense").trigger()
    driver.wait(lambda: driver.find(QPlainTextEdit, "code").toPlainText() != first)
    window.ui.set_language("ja")
    driver.wait(lambda: "# データ" in driver.find(QPlainTextEdit, "code").toPlainText())
    script = code(driver)
    driver.click("copy_code")
    assert QGuiApplication.clipboard().text() == script

    (tmp_path / "script.py").write_text(script + CHECK, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(tmp_path / "script.py"), str(tmp_path / "a.npz")], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    experiment = window.document.experiment
    trainer = Trainer(experiment, experiment.dataset.load())
    sizes = [min(7, trainer.samples - i * 7) for i in range(trainer.steps_per_epoch)]
    wanted = [np.average(trainer.steps(trainer.steps_per_epoch), weights=sizes) for _ in range(3)]
    with np.load(tmp_path / "a.npz") as found:
        arrays = [found[f"arr_{i}"] for i in range(len(found.files) - 1)]
        assert np.allclose(found["losses"], wanted, rtol=1e-12)
    views = [v for layer in trainer.network.views(trainer.parameters) for v in (layer["W"].T, layer["b"])]
    assert all(np.array_equal(a, b) for a, b in zip(arrays, views, strict=True))
