"""What PySide reads of the modules that are imported after it."""

import subprocess
import sys

SCRIPT = """
import linecache, os
from nnplayground.gui import create_window
from PySide6.QtWidgets import QApplication
app = QApplication([])
window = create_window("xor")
window.show()
app.processEvents()
read = [os.path.basename(file) for file in linecache.cache if f"{os.sep}gui{os.sep}" in file]
print(sorted(set(read) - {"__init__.py"}))
assert window.shutdown()
"""


def test_no_source_is_read_and_kept_for_a_window_that_does_not_need_it() -> None:
    command = [sys.executable, "-c", SCRIPT]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert (ended.returncode, ended.stdout.strip()) == (0, "[]"), ended.stderr
