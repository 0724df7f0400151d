"""The whole program as a process of its own, with something to do in its window."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BEGIN = """
import sys
from PySide6.QtCore import QTimer
from nnplayground.gui import app

def soon(window):
    print("open", flush=True)
{soon}

shown = app._loop
def loop(application, window):
    QTimer.singleShot(0, lambda: soon(window))
    return shown(application, window)
app._loop = loop
sys.exit(app.run({arguments}))
"""


def start(soon: str = "", arguments: str = "'three-classes'", home: Path | None = None) -> "subprocess.Popen[str]":
    """The program, which does `soon` with its `window` once that is open; its settings lie below `home`."""
    body = "\n".join("    " + line for line in soon.strip().splitlines()) or "    pass"
    script = BEGIN.replace("{soon}", body).replace("{arguments}", arguments)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    if home is not None:
        environment |= {"HOME": str(home), "XDG_CONFIG_HOME": "", "XDG_DATA_HOME": "", "XDG_CACHE_HOME": ""}
    return subprocess.Popen(
        [sys.executable, "-c", script], env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def opened(process: "subprocess.Popen[str]") -> None:
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "open"


def end(process: "subprocess.Popen[str]", timeout: float = 60) -> tuple[int, str]:
    """Exit code, and what was said on stderr but for what the platform always says."""
    try:
        _, errors = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    return process.returncode, "\n".join(line for line in errors.splitlines() if "propagateSizeHints" not in line)
