"""What ends the program from outside or below Python, each in a process of its own."""

import signal
import sys
import time
from pathlib import Path

import pytest

from nnplayground.gui.crash_log import LONGEST, CrashLog
from tests.program import end, opened, start

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")

SAID = """
notices = [m.notice for m in window.message_bar._messages if m.notice.level == "error"]
print([(notice.text.en, notice.details) for notice in notices], flush=True)
"""
CRASH = "import faulthandler\nQTimer.singleShot(100, faulthandler._sigsegv)"


def line(process) -> str:
    return process.stdout.readline().strip()


def killed(process) -> None:
    process.kill()
    process.communicate()


def test_p05_a_crash_is_told_at_the_next_start_and_once() -> None:
    code, _ = end(start(CRASH))
    assert code == -signal.SIGSEGV
    first = start(SAID)
    opened(first)
    assert "crashed the last time" in (said := line(first)) and "Segmentation fault" in said and "in _loop" in said
    second = start(SAID)  # while the first is open
    opened(second)
    assert line(second) == "[]"
    killed(first)
    killed(second)
    third = start(SAID + "window.close()")  # being killed is no crash of ours
    opened(third)
    assert line(third) == "[]"
    assert end(third)[0] == 0


def test_p05_nothing_stays_after_an_end_in_order(tmp_path: Path) -> None:
    log = CrashLog(tmp_path / "new")
    log.start()
    assert len(list((tmp_path / "new").glob("crash-*.log"))) == 1
    assert CrashLog(tmp_path / "new").found() == ""  # it is in use
    log.end()
    log.end()
    assert list((tmp_path / "new").iterdir()) == []


def test_p08_a_folder_that_cannot_be_written_to_stops_nothing_and_a_huge_log_is_cut(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    log = CrashLog(tmp_path / "file" / "folder")
    log.start()
    assert log.found() == ""
    log.end()
    (tmp_path / "crash-1.log").write_bytes(b"\xff" * 10_000_000)
    assert 0 < len(CrashLog(tmp_path).found()) <= LONGEST
    assert CrashLog(tmp_path).found() == ""


ASKED = """
window.document.change(learning_rate=0.03125)
def look():
    from PySide6.QtWidgets import QApplication
    shown = QApplication.activeModalWidget() is not None
    print("asked", flush=True) if shown else QTimer.singleShot(20, look)
QTimer.singleShot(20, look)
QTimer.singleShot(0, window.leave)
"""


def test_p01_a_signal_ends_it_while_a_dialog_waits_for_an_answer() -> None:
    process = start(ASKED)
    opened(process)
    assert line(process) == "asked"
    process.send_signal(signal.SIGTERM)
    assert end(process) == (128 + signal.SIGTERM, "")


PAINTED = """
import signal
from PySide6.QtWidgets import QWidget
class Painted(QWidget):
    def paintEvent(self, event):
        signal.raise_signal(signal.SIGTERM)
painted = Painted(window)
painted.resize(50, 50)
painted.show()
"""


def test_p01_a_signal_ends_it_in_order_in_the_middle_of_a_painting() -> None:
    process = start(PAINTED)
    opened(process)
    assert end(process) == (128 + signal.SIGTERM, "")


def test_p02_more_signals_end_it_though_it_hangs() -> None:
    process = start("import time\nwindow.shutdown = lambda keep=False: time.sleep(60)\nprint('ready', flush=True)")
    opened(process)
    assert line(process) == "ready"
    while process.poll() is None:
        process.send_signal(signal.SIGINT)
        time.sleep(0.1)  # two at once are one
    assert end(process)[0] == 128 + signal.SIGINT


CLOSED = """
import os, sys
os.close(2)
print("closed", flush=True)
def fail():
    raise RuntimeError("broken")
def look():
    if "broken" not in window.property("message"):
        QTimer.singleShot(20, look)
        return
    print(window.property("message"), flush=True)
    window.close()
QTimer.singleShot(0, fail)
QTimer.singleShot(20, look)
"""


def test_p03_a_fault_is_told_though_nobody_listens_to_stderr() -> None:
    process = start(CLOSED)
    opened(process)
    assert line(process) == "closed"
    assert "RuntimeError: broken" in line(process)
    assert end(process)[0] == 0
