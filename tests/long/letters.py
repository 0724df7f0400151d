"""Words that are cut off, for letters of each size on each kind of screen: `python -m tests.long.letters`.

With arguments only one screen and what is named: the scale, an experiment, a language, sizes of letters in points and
panes, as in `python -m tests.long.letters 2 digits ja 6,22 digit,loss`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnplayground.gui import create_window
from tests.gui.fitting import misfits, painted

SCALES = ("1", "1.25", "2", "3")
POINTS = "6,9,14,22,32"
MOMENT = 60
"""Milliseconds in which a pane is laid out."""


def cut_off(experiment: str, lang: str, points: float, panes: list[str]) -> list[str]:
    """What of the window and of `panes`, or of all, cannot be read with letters of so many points."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    font = QFont(application.font())
    font.setPointSizeF(points)
    application.setFont(font)
    application.setProperty("nnplayground_look", None)
    with tempfile.TemporaryDirectory() as folder:
        window = create_window(experiment, lang=lang, theme="light", settings_dir=Path(folder))
        window.resize(1400, 900)
        window.show()
        window.actions_by_name["step"].trigger()
        wrong: set[str] = set()
        for name in (None, *(panes or window.docks)):
            dock = None if name is None else window.docks[name]
            if dock is not None:
                dock.show()
                dock.raise_()
            for _ in range(5):
                window.controller.settled(30)
                QTest.qWait(MOMENT)
            with painted(pytest.MonkeyPatch()) as found:
                window.grab()
            wrong |= {*misfits(window), *found}
            if dock is not None and not dock.pane.opened:
                dock.close()
        window.close()
        window.shutdown()
    return sorted(wrong)


def one(scale: str, experiment: str, lang: str, points: str, panes: str = "") -> int:
    """Print what is cut off on a screen of this scale; how much that is."""
    if os.environ.get("QT_SCALE_FACTOR") != scale:
        command = [sys.executable, "-m", "tests.long.letters", scale, experiment, lang, points, panes]
        return subprocess.run(command, env={**os.environ, "QT_SCALE_FACTOR": scale}).returncode
    wrong = 0
    for size in points.split(","):
        found = cut_off(experiment, lang, float(size), [name for name in panes.split(",") if name])
        wrong += len(found)
        print(
            f"scale {scale}  {experiment} {lang}  {size} points: {len(found)} cut off", *found, sep="\n  ", flush=True
        )
    return min(wrong, 100)


def main(arguments: list[str]) -> int:
    if arguments:
        return one(*arguments)
    wrong = sum(
        one(scale, name, lang, POINTS) for scale, name, lang in product(SCALES, ("digits", "spiral"), ("en", "ja"))
    )
    print(f"{wrong} cut off")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
