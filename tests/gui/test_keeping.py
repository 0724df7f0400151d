"""Saving, the question about unsaved changes, and work that a crash left behind."""

import gc
import os
import signal
import sys
import threading
import weakref
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPlainTextEdit, QPushButton, QWidget

from nnplayground.data.files import FileProblem
from nnplayground.gui import keeper
from nnplayground.storage import project
from nnplayground.text import Text
from nnplayground.training.kept import Record
from nnplayground.training.run import Run
from tests.gui.driving import SEVEN, Driver
from tests.program import end, opened, start

Open = Callable[..., Driver]
CTRL = Qt.KeyboardModifier.ControlModifier


def press_in_message(driver: Driver, words: str) -> None:
    buttons = [b for b in driver.window.message_bar.findChildren(QPushButton) if b.text() == words and b.isVisible()]
    QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)


def answer_question(button: str, seen: list[str]) -> None:
    """Press a button of the question that is about to come up."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(20, press)
            return
        seen.append(box.text())
        QTest.mouseClick(box.findChild(QPushButton, f"unsaved_{button}"), Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, press)


def test_a_copy_of_the_run_is_held_no_longer_than_it_is_of_use(
    drive: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[weakref.ref[Record]] = []
    real = Run.record

    def record(run: Run) -> Record:
        new = real(run)
        made.append(weakref.ref(new))
        return new

    def held() -> int:
        gc.collect()
        return sum(each() is not None for each in made)

    monkeypatch.setattr(Run, "record", record)
    driver = drive()
    files, bar = driver.window.files, driver.window.message_bar
    driver.action("step").trigger()
    assert files.save_to(tmp_path / "a.nnp") and files.keeper.finish()
    assert made
    driver.wait(lambda: not held())
    driver.window.document.change(learning_rate=0.123)
    assert files.open("xor")
    driver.settle()
    assert held() == 1 and bar.text()
    bar.close_message()
    driver.wait(lambda: not held())
    driver.window.document.change(learning_rate=0.123)
    assert files.open("circle") and files.open("xor"), "a second one does not make the message stale"
    press_in_message(driver, "Go back to them")
    assert driver.window.document.experiment.learning_rate == 0.123
    driver.wait(lambda: not held())


def test_a_picture_on_the_canvas_comes_back_and_is_read_the_same(drive: Open, tmp_path: Path) -> None:
    first = drive("digits")
    pixels = np.full((900, 700, 4), 255, np.uint8)
    pixels[150:700, 320:380, :3] = 20
    first.window.desk.drawing.show_picture(pixels)
    first.window.desk.drawing.invert(True)
    first.window.desk.drawing.invert(False)
    first.settle()
    image, read = first.window.desk.drawing.image, first.find(QWidget, "probabilities").property("prediction")
    assert first.window.files.save_to(tmp_path / "a.nnp")
    assert first.window.files.keeper.finish()
    first.window.close()

    again = drive(str(tmp_path / "a.nnp"), settings_dir=tmp_path / "other settings")
    drawing = again.window.desk.drawing
    assert drawing.has_picture and not drawing.inverted
    assert max(drawing.pixels.shape) == 512
    assert np.abs(drawing.image - image).max() < 0.2, "made smaller, and so not the same to the last bit"
    again.settle()
    assert again.find(QWidget, "probabilities").property("prediction") == read
    drawing.invert(True)
    assert again.window.files.save_to(tmp_path / "b.nnp")
    assert again.window.files.keeper.finish()
    again.window.close()
    third = drive(str(tmp_path / "b.nnp"), settings_dir=tmp_path / "third")
    assert third.window.desk.drawing.inverted
    assert np.array_equal(third.window.desk.drawing.pixels, drawing.pixels)


def test_everything_on_the_table_comes_back(drive: Open, tmp_path: Path) -> None:
    first = drive("digits")
    first.draw(SEVEN)
    window = first.window
    window.docks["notes"].show()
    QTest.keyClicks(window.docks["notes"].view.findChild(QPlainTextEdit, "notes"), "seven")
    window.docks["stages"].show()
    strokes = [s.tolist() for s in window.desk.drawing.strokes]
    assert window.isWindowModified() and window.files.save_to(tmp_path / "a.nnp")
    assert window.files.keeper.finish() and not window.isWindowModified()
    window.close()

    again = drive(str(tmp_path / "a.nnp"), settings_dir=tmp_path / "other settings")
    assert [s.tolist() for s in again.window.desk.drawing.strokes] == strokes
    assert again.window.desk.notes.text == "seven"
    assert not again.window.docks["stages"].isHidden() and not again.window.docks["notes"].isHidden()
    assert again.window.windowTitle().startswith("a.nnp") and not again.window.isWindowModified()


def test_d13_t17_training_goes_on_while_the_file_is_written_and_the_window_does_not_wait(
    drive: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = drive()
    let, write = threading.Event(), keeper.atomic.write_bytes
    monkeypatch.setattr(keeper.atomic, "write_bytes", lambda path, data: (let.wait(30), write(path, data))[1])
    driver.window.controller.play()
    driver.wait(lambda: driver.get("step") > 100)
    assert driver.window.files.save_to(tmp_path / "a.nnp")
    step = driver.get("step")
    driver.wait(lambda: driver.get("step") > step + 100)
    assert not (tmp_path / "a.nnp").exists()
    let.set()
    driver.wait(lambda: "a.nnp" in driver.get("message"))
    found = project.read(tmp_path / "a.nnp")
    assert step <= found.run.checkpoint.step
    driver.wait(lambda: driver.get("step") > found.run.checkpoint.step)
    driver.wait(driver.window.isWindowModified)  # it has learnt on since


def test_the_title_says_at_once_that_the_network_has_learnt_more_than_the_file_holds(
    drive: Open, tmp_path: Path
) -> None:
    driver = drive()
    window = driver.window
    driver.key(".")
    driver.wait(lambda: driver.get("step") == 1)
    driver.settle()
    assert window.files.save_to(tmp_path / "a.nnp")
    assert window.files.keeper.finish() and not window.isWindowModified()
    driver.key(".")
    driver.wait(lambda: driver.get("step") == 2)
    assert window.isWindowModified()


def test_d01_a_save_that_fails_is_said_and_the_work_is_still_unsaved(
    drive: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = drive()
    driver.window.document.change(learning_rate=0.3)

    def full(*_: object) -> None:
        raise FileProblem("not-saved", Text("The disk is full.", "ディスクがいっぱいです。"))

    monkeypatch.setattr(keeper.atomic, "write_bytes", full)
    assert driver.window.files.save_to(tmp_path / "a.nnp")
    driver.wait(lambda: driver.get("message") == "The disk is full.")
    assert driver.window.isWindowModified() and driver.window.files.path is None
    assert not driver.window.files.save_to(tmp_path / "missing folder" / "a.nnp")


def test_leaving_with_unsaved_changes_asks(drive: Open, tmp_path: Path) -> None:
    driver = drive()
    window, seen = driver.window, []
    window.document.change(learning_rate=0.3)
    answer_question("cancel", seen)
    driver.key("q", CTRL)
    assert len(seen) == 1 and window.isVisible() and window.controller.is_alive

    window.files.save_to(tmp_path / "a.nnp")
    window.document.change(learning_rate=0.4)
    answer_question("save", seen)
    driver.action("quit").trigger()
    assert "a.nnp" in seen[1] and not window.isVisible() and not window.controller.is_alive
    assert project.read(tmp_path / "a.nnp").experiment.learning_rate == 0.4


def test_leaving_without_changes_or_without_wanting_them_does_not_stop(drive: Open, tmp_path: Path) -> None:
    first = drive()
    first.action("step").trigger()  # a ready-made experiment learns the same again
    first.settle()
    first.action("quit").trigger()
    assert not first.window.isVisible()
    second = drive()
    second.window.document.change(learning_rate=0.3)
    answer_question("discard", [])
    second.action("quit").trigger()
    assert not second.window.isVisible()
    assert not list((tmp_path / "settings" / "recovery").glob("*"))


def test_opening_something_else_keeps_the_way_back(drive: Open) -> None:
    driver = drive()
    window = driver.window
    driver.action("epoch").trigger()
    driver.wait_for_state("paused")
    window.document.change(learning_rate=0.3)
    driver.settle()
    learnt, step = window.controller.newest.parameters, driver.get("step")
    driver.choose("experiment_box", "xor")
    assert window.document.experiment.name == "xor" and "go back" in driver.get("message")
    press_in_message(driver, "Go back to them")
    driver.settle()
    assert window.document.experiment.learning_rate == 0.3 and driver.get("step") == step
    assert np.array_equal(window.controller.newest.parameters, learnt) and window.isWindowModified()


OFTEN = "from nnplayground.gui import recovery\nrecovery.EVERY = 0\n"
WORK = (
    OFTEN
    + """
def at_work():
    window.files.recovery.look()
    if window.files.keeper.finish() and window.files.recovery.path:
        print("copied", window.files.recovery.path.exists(), flush=True)
    else:
        QTimer.singleShot(20, at_work)
window.document.change(learning_rate=0.03125)
window.controller.step("batch")
at_work()
"""
)
LOOK = """
bar = window.message_bar
print(bool(bar._messages and bar._messages[-1].actions), flush=True)
"""
RECOVER = (
    OFTEN
    + """
window.message_bar._messages[-1].actions[0][1]()
window.controller.settled(20)
print(window.document.experiment.learning_rate, window.property("step"), window.isWindowModified(), flush=True)
"""
)


def said(process) -> str:
    return process.stdout.readline().strip()


def kill(process) -> None:
    process.kill()
    process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_p13_p04_d11_work_is_offered_after_each_crash_until_somebody_decides() -> None:
    first = start(WORK)
    opened(first)
    assert said(first) == "copied True"
    kill(first)
    again = start(LOOK)
    opened(again)
    assert said(again) == "True"
    kill(again)  # offered, not answered, and killed: offered again
    back = start(RECOVER)
    opened(back)
    assert said(back) == "0.03125 1 True"
    kill(back)  # a crash just after that does not lose it
    last = start(RECOVER)
    opened(last)
    assert said(last) == "0.03125 1 True"
    kill(last)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_p01_a_signal_saves_what_is_not_saved() -> None:
    process = start(
        "window.document.change(learning_rate=0.03125)\nwindow.controller.step('batch')\nprint(1, flush=True)"
    )
    opened(process)
    assert said(process) == "1"
    process.send_signal(signal.SIGTERM)
    assert end(process) == (128 + signal.SIGTERM, "")
    back = start(RECOVER)
    opened(back)
    assert said(back) == "0.03125 1 True"
    kill(back)


def test_p04_the_copy_stays_until_the_save_is_on_the_disk(
    drive: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = drive()
    files = driver.window.files
    driver.window.document.change(learning_rate=0.3)
    files.recovery.write()
    assert files.keeper.finish()
    copy = files.recovery.path
    let, write = threading.Event(), keeper.atomic.write_bytes
    monkeypatch.setattr(keeper.atomic, "write_bytes", lambda path, data: (let.wait(30), write(path, data))[1])
    assert files.save_to(tmp_path / "a.nnp")
    files.recovery.look()
    assert copy.exists()
    let.set()
    assert files.keeper.finish()
    files.recovery.look()
    assert not copy.exists() and (tmp_path / "a.nnp").exists()


def test_d09_d12_the_work_of_a_window_that_is_open_is_not_offered(drive: Open) -> None:
    """And each has a copy of its own."""
    first, second = drive(), drive()
    for driver in (first, second):
        driver.window.document.change(learning_rate=0.3)
        driver.window.files.recovery.write()
        driver.window.files.keeper.finish()
    assert first.window.files.recovery.path != second.window.files.recovery.path
    assert second.window.files.recovery.path.exists()
    assert first.window.files.recovery.found() == [] == second.window.files.recovery.found()


def test_d10_a_damaged_copy_is_said_kept_and_not_offered_again(drive: Open, tmp_path: Path) -> None:
    folder = tmp_path / "settings" / "recovery"
    folder.mkdir(parents=True)
    (folder / "abc.nnp").write_bytes(b"\0" * 50)
    driver = drive()
    driver.window.files.offer_recovered()
    assert "abc.nnp" in driver.get("message")
    assert [p.name for p in folder.iterdir() if p.suffix != ".lock"] == ["abc.damaged"]


def test_throwing_away_takes_the_copy_and_its_lock_away(drive: Open, tmp_path: Path) -> None:
    first = drive()
    first.window.document.change(learning_rate=0.3)
    first.window.files.recovery.write()
    first.window.shutdown(keep=True)
    folder = tmp_path / "settings" / "recovery"
    assert len(list(folder.glob("*.nnp"))) == 1
    second = drive()
    second.window.files.offer_recovered()
    assert "ended without saving" in second.get("message")
    press_in_message(second, "Throw it away")
    assert os.listdir(folder) == []


def test_d07_a_folder_that_cannot_be_made_stops_nothing(drive: Open, tmp_path: Path) -> None:
    driver = drive()
    (tmp_path / "settings").mkdir(exist_ok=True)
    (tmp_path / "settings" / "recovery").write_text("in the way")
    driver.window.document.change(learning_rate=0.3)
    driver.window.files.recovery.write()
    assert driver.window.files.keeper.finish() and driver.window.files.recovery.found() == []


def test_what_can_be_brought_back_holds_nothing_of_what_the_panes_were_shown(drive: Callable[..., Driver]) -> None:
    driver = drive("xor")
    window = driver.window
    window.controller.step()
    driver.wait(lambda: driver.get("step") == 1)
    window.document.change(learning_rate=0.5)
    shown = weakref.ref(window.controller.settled(30))
    window.files.open("circle")
    driver.wait(lambda: window.controller.newest.experiment.name == "circle")
    window.controller.step()
    driver.wait(lambda: driver.get("step") == 1)
    driver.wait(lambda: gc.collect() >= 0 and shown() is None)
    assert window.message_bar.text()
