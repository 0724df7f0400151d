"""The whole program as a process of its own."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nnplayground.storage.project import find
from tests.program import ROOT, end, opened, start


def test_t08_closing_the_window_ends_the_program_while_it_trains() -> None:
    assert end(start("window.controller.play(); QTimer.singleShot(300, window.close)")) == (0, "")


def test_t08_closing_while_it_saves_leaves_a_whole_file_and_nothing_else(tmp_path: Path) -> None:
    soon = f"""
from pathlib import Path
def leave():
    window.controller.pause()
    window.files.save_to(Path({str(tmp_path / "a.nnp")!r}))
    window.close()
window.controller.play(); QTimer.singleShot(200, leave)
"""
    assert end(start(soon)) == (0, "")
    assert [path.name for path in tmp_path.iterdir()] == ["a.nnp"]
    assert find(str(tmp_path / "a.nnp")).parameters is not None


def test_t09_quitting_without_closing_ends_it_too() -> None:
    soon = "from PySide6.QtWidgets import QApplication\nwindow.controller.play(); QTimer.singleShot(300, QApplication.quit)"
    assert end(start(soon)) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("state", ["idle", "training"])
def test_p01_a_signal_ends_it_in_order(number: signal.Signals, state: str) -> None:
    process = start("window.controller.play()" if state == "training" else "")
    opened(process)
    process.send_signal(number)
    assert end(process) == (128 + number, "")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_p01_a_signal_ends_it_though_what_it_does_at_the_end_fails() -> None:
    process = start("window.files.shutdown = lambda keep: 1 / 0\nwindow.controller.play()\nprint('broken', flush=True)")
    opened(process)
    assert process.stdout is not None and process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    code, said = end(process)
    assert code == 128 + signal.SIGTERM
    assert said.count("ZeroDivisionError") == 1


def test_t07_a_thread_that_hangs_is_not_waited_for() -> None:
    soon = """
import time
from nnplayground.training.run import Run
Run.steps = lambda self, count: time.sleep(3600)
window.controller.play()
QTimer.singleShot(300, window.close)
"""
    code, said = end(start(soon))
    assert code == 1
    assert "did not end" in said
    assert "Traceback" not in said


def test_a_fault_does_not_end_it() -> None:
    soon = """
def fail():
    raise RuntimeError("broken")
def look():
    print(window.property("message"), flush=True)
    window.close()
QTimer.singleShot(0, fail)
QTimer.singleShot(500, look)
"""
    process = start(soon)
    opened(process)
    assert process.stdout is not None
    assert "RuntimeError: broken" in process.stdout.readline()
    code, said = end(process)
    assert code == 0
    assert said.count("Traceback") == 1


def test_a_picture_in_the_wanted_language_size_and_colours(tmp_path: Path) -> None:
    from PySide6.QtGui import QImage

    pictures = []
    for lang, theme in (("ja", "dark"), ("en", "light")):
        path = tmp_path / f"{lang}.png"
        arguments = (
            f"'xor', lang={lang!r}, theme={theme!r}, screenshot={str(path)!r}, after=0.5, size=(1100, 720), play=True"
        )
        code, said = end(start(arguments=arguments))
        assert (code, said) == (0, "")
        pictures.append(QImage(str(path)))
    assert all(picture.size().toTuple() == (1100, 720) for picture in pictures)
    dark, light = (picture.pixelColor(3, 3).lightness() for picture in pictures)
    assert dark < 60 < 200 < light


def test_a_picture_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "nnplayground",
        "xor",
        "--screenshot",
        str(tmp_path / "no" / "folder.png"),
        "--after",
        "0",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "folder.png" in done.stderr
    assert "Traceback" not in done.stderr


def test_p09_p11_two_starts_at_once_in_one_home_under_other_switches_of_python(tmp_path: Path) -> None:
    switches = (["-O", "-W", "error"], ["-X", "dev"])
    running = []
    for i, switch in enumerate(switches):
        picture = str(tmp_path / f"{i}.png")
        command = [
            sys.executable,
            *switch,
            "-m",
            "nnplayground",
            "xor",
            "--screenshot",
            picture,
            "--after",
            "0.2",
            "--play",
        ]
        running.append(subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE))
    assert [end(process) for process in running] == [(0, "")] * len(switches)
    assert all((tmp_path / f"{i}.png").stat().st_size > 10_000 for i in range(len(switches)))
    found = [json.loads(path.read_text("utf-8")) for path in Path(os.environ["HOME"]).rglob("settings.json")]
    assert len(found) == 1
