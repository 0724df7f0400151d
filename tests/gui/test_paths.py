"""Names of files as people and systems have them."""

import errno
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nnplayground.exports import exports
from nnplayground.storage import project
from tests.gui.driving import Driver

Open = Callable[..., Driver]
NAMES = [
    "a b.nnp",
    "引用 '\" 100%s & <b>.nnp",
    "改\n行.nnp",
    "🎉.nnp",
    "数" * 80 + ".nnp",
    os.fsdecode(b"\xe3\x81 broken.nnp"),
]


@pytest.mark.skipif(sys.platform != "linux", reason="names as Linux has them")
@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_g07_d14_any_name_can_be_saved_to_and_opened(drive: Open, tmp_path: Path, name: str) -> None:
    driver = drive()
    window, path = driver.window, tmp_path / name
    window.document.change(learning_rate=0.3)
    assert window.files.save_to(path) and window.files.keeper.finish()
    assert project.read(path).experiment.learning_rate == 0.3
    window.document.change(learning_rate=0.4)
    window.files.recovery.write()
    assert window.files.keeper.finish() and window.files.recovery.path.exists()
    window.files.recovery.look()
    driver.choose("experiment_box", "xor")
    assert window.files.open(path) and window.document.experiment.learning_rate == 0.3
    assert window.exporting.write(exports["onnx"], path.with_suffix(".onnx")) and window.files.keeper.finish()
    assert window.windowTitle() and window.settings.save()
    again = drive()
    assert len(again.window.menus.recent.actions()) == 1
    again.window.menus.recent.actions()[0].trigger()
    assert again.window.document.experiment.learning_rate == 0.3


def test_d14_a_name_that_is_too_long_is_said(drive: Open, tmp_path: Path) -> None:
    driver = drive()
    assert not driver.window.files.save_to(tmp_path / ("x" * 300 + ".nnp"))
    assert "could not be saved" in driver.get("message")


def test_s07_recent_files_that_are_gone_are_forgotten(drive: Open, tmp_path: Path) -> None:
    (tmp_path / "settings").mkdir()
    recent = [str(tmp_path / "gone.nnp"), 3, None, "x" * 100_000, *[f"/{i}.nnp" for i in range(10_000)]]
    (tmp_path / "settings" / "settings.json").write_text(json.dumps({"recent": recent}))
    driver = drive()
    entries = driver.window.menus.recent.actions()
    assert 0 < len(entries) <= 8 and entries[0].text() == "gone.nnp"
    entries[0].trigger()
    assert "gone.nnp" in driver.get("message")
    assert "gone.nnp" not in [a.text() for a in driver.window.menus.recent.actions()]


def test_d08_a_file_that_another_program_changed_is_replaced_with_a_warning(drive: Open, tmp_path: Path) -> None:
    driver = drive()
    path = tmp_path / "a.nnp"
    assert driver.window.files.save_to(path) and driver.window.files.keeper.finish()
    assert driver.window.files.save_to(path) and driver.window.files.keeper.finish()
    assert driver.get("message") == "Saved: a.nnp"
    path.write_bytes(b"somebody else")
    assert driver.window.files.save_to(path) and driver.window.files.keeper.finish()
    assert "changed" in driver.get("message") and project.read(path)


def test_d13_a_copy_that_cannot_be_written_is_said_once(drive: Open, tmp_path: Path) -> None:
    driver = drive()
    recovery = driver.window.files.recovery
    driver.window.document.change(learning_rate=0.3)
    recovery.write()
    assert driver.window.files.keeper.finish()
    recovery.path.unlink()
    recovery.path.mkdir()  # in the way
    for rate in (0.4, 0.5):
        driver.window.document.change(learning_rate=rate)
        recovery.write()
        assert driver.window.files.keeper.finish()
    assert "copy for recovery" in driver.get("message")
    driver.window.message_bar.close_message()
    assert driver.get("message") == ""
    recovery.path.rmdir()


def test_d05_a_folder_that_is_read_only_is_said_and_the_work_is_kept(
    drive: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = drive()
    files, folder = driver.window.files, tmp_path / "read-only"
    folder.mkdir()
    driver.window.document.change(learning_rate=0.3)
    # To root, who may run these tests, no folder is read-only.
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != folder and real(path, mode))
    assert not files.save_to(folder / "a.nnp")
    assert "read-only" in driver.get("message") and "Choose another place" in driver.get("message")
    assert driver.window.isWindowModified() and driver.window.document.experiment.learning_rate == 0.3
    assert not list(folder.iterdir())
    assert files.save_to(tmp_path / "a.nnp") and files.keeper.finish()
    assert project.read(tmp_path / "a.nnp").experiment.learning_rate == 0.3


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_d15_a_drive_that_cannot_replace_files_is_told_and_the_work_is_saved(
    drive: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    driver, path = drive(lang=lang), tmp_path / "a.nnp"
    window = driver.window
    assert window.files.save_to(path) and window.files.keeper.finish()
    window.document.change(learning_rate=0.3)
    real = os.replace

    def refuse(one: str, other: str) -> None:
        if Path(other).parent == tmp_path:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        real(one, other)

    monkeypatch.setattr(os, "replace", refuse)
    assert window.files.save_to(path) and window.files.keeper.finish()
    assert project.read(path).experiment.learning_rate == 0.3 and not window.isWindowModified()
    said = driver.get("message")
    assert "a.nnp" in said and ("at one stroke" if lang == "en" else "一度に置き換えられない") in said
    assert window.exporting.write(exports["onnx"], tmp_path / "a.onnx") and window.files.keeper.finish()
    assert "a.onnx" in driver.get("message") and not list(tmp_path.glob("*before-saving*"))
