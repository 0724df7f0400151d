"""The language of the system: the window opens in it, and numbers are read the same everywhere."""

import os
import subprocess
import sys

import pytest

SCRIPT = """
import sys, tempfile
from pathlib import Path
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QLabel
application = QApplication([])
from nnplayground.gui import create_window
from nnplayground.storage import project
folder = Path(tempfile.mkdtemp(prefix="数字"))
window = create_window("three-classes", lang=None, theme="light", settings_dir=folder)
window.show()
print(window.ui.language, window.actions_by_name["play"].text().encode("unicode_escape").decode())
window.document.change(learning_rate=0.125)
for box in window.findChildren(QDoubleSpinBox):
    print(box.objectName(), box.text(), box.valueFromText("0.5"))
assert window.files.save_to(folder / "実験.nnp") and window.files.keeper.finish()
assert project.read(folder / "実験.nnp").experiment.learning_rate == 0.125
assert not window.grab().isNull()
window.close()
window.shutdown()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="languages are set otherwise there")
def test_g05_the_window_opens_in_every_locale_and_numbers_do_not_depend_on_it() -> None:
    known = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
    names = ("ja_JP.UTF-8", "de_DE.UTF-8", "C", "POSIX")
    running = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT],
            env={**known, "LANG": name, "LC_ALL": name, "QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        for name in names
    ]
    said = []
    for process in running:
        out, errors = process.communicate(timeout=100)
        assert process.returncode == 0 and "Traceback" not in errors, errors
        said.append(out.splitlines())
    assert [lines[0] for lines in said] == [said[0][0], *[said[1][0]] * 3]
    assert said[0][0].startswith("ja \\u") and said[1][0].startswith("en ")
    assert said[0][1:] == said[1][1:] == said[2][1:] == said[3][1:] != []
