"""How long from the command to the first usable window, beside a bare window with one plot.

    pytest tests/benchmarks/test_startup.py

Whole processes, in turn, each timed from its start until its window is painted and answers events.
"""

import os
import statistics
import subprocess
import sys
import time

import pytest

PAIRS = 9
MOST = 2.0
"""The program may take this many times as long as the bare window."""

BARE = """
import sys
import pyqtgraph as pg
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
plot = pg.PlotWidget()
plot.plot([0, 1, 2], [3, 1, 2])
window.setCentralWidget(plot)
window.resize(1400, 900)
window.show()
for _ in range(3):
    app.processEvents()
print("usable", flush=True)
"""
PROGRAM = """
import os
from PySide6.QtWidgets import QApplication

def until_usable(*_):
    for _ in range(3):
        QApplication.processEvents()
    assert any(window.isVisible() for window in QApplication.topLevelWidgets())
    print("usable", flush=True)
    os._exit(0)  # only the way to the window counts

QApplication.exec = until_usable
from nnplayground.cli import main
main([])
"""


def _seconds(script: str) -> float:
    start = time.perf_counter()
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        line = process.stdout.readline()
        seconds = time.perf_counter() - start
        process.stdout.read()
        errors = process.stderr.read().decode()
    assert line.strip() == b"usable", errors
    return seconds


def test_the_window_is_there_in_at_most_twice_the_time_of_a_bare_one(capsys):
    window = pytest.importorskip("nnplayground.gui")
    if not hasattr(window, "create_window"):
        pytest.skip("there is no window yet")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once
    pairs = [(_seconds(BARE), _seconds(PROGRAM)) for _ in range(PAIRS + 1)][1:]  # the first fills the disk cache
    bare, program = (statistics.median(times) for times in zip(*pairs, strict=True))
    with capsys.disabled():
        print(f"\nbare window {bare * 1000:.0f} ms, nnplayground {program * 1000:.0f} ms: {program / bare:.2f} times")
    assert program <= MOST * bare
