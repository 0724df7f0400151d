"""T08, P11: the program begun twenty times at once, and closed fifty times in each of its works: `python -m tests.long.ends`.

Every process must end with 0, say nothing on stderr and leave no file behind but what it was asked for.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from PySide6.QtGui import QImage

from nnplayground.data.files import FileProblem
from nnplayground.storage.project import find

ROOT = Path(__file__).parents[2]
PNG_ENDS = b"IEND\xaeB`\x82"
HARMLESS = "This plugin does not support"
SCRIPT = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from nnplayground.gui import app
shown, folder = app._loop, Path(sys.argv[3])
def begin(window):
    {begin}
    QTimer.singleShot(int(sys.argv[2]), window.close)
def loop(application, window):
    QTimer.singleShot(0, lambda: begin(window))
    return shown(application, window)
app._loop = loop
sys.exit(app.run(sys.argv[1]))
"""
WORKS = {
    "training": ("xor", "window.controller.play()"),
    "training on digits": ("digits", "window.controller.play()"),
    "loading": ("digits-cnn", "window.controller.prepare()"),
    "racing": ("xor", "window.actions_by_name['race_rates'].trigger()"),
    "importing": ("xor", "window.importing.open_folder(folder / 'pictures')"),
    "saving": (
        "digits",
        "window.controller.play(); QTimer.singleShot(50, lambda: window.files.save_to(folder / 'a.nnp'))",
    ),
}
"""What is begun in which experiment."""
LATEST = 1500
"""Milliseconds after which the window is closed, at most."""


def start(home: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "HOME": str(home)}
    environment |= {"XDG_CONFIG_HOME": "", "XDG_DATA_HOME": "", "XDG_CACHE_HOME": ""}
    return subprocess.Popen(
        [sys.executable, *arguments], env=environment, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def wrong_with(process: subprocess.Popen[str]) -> str:
    """What is wrong with how it ended, or nothing."""
    try:
        _, errors = process.communicate(timeout=300)
    except subprocess.TimeoutExpired:
        process.kill()
        return "it did not end"
    said = [line for line in errors.splitlines() if HARMLESS not in line]
    return f"exit code {process.returncode}: {said}" if process.returncode or said else ""


def begun_at_once(count: int, folder: Path) -> list[str]:
    """`count` programs, each with a window of its own, with the same settings; then one more."""
    pictures = [folder / f"{i}.png" for i in range(count)]
    arguments = ("-m", "nnplayground", "three-classes", "--screenshot")
    every = [start(folder, *arguments, str(picture)) for picture in pictures]
    wrong = [found for found in map(wrong_with, every) if found]
    wrong += [f"{picture.name} is no picture" for picture in pictures if not picture.read_bytes().endswith(PNG_ENDS)]
    last = wrong_with(start(folder, *arguments, str(folder / "last.png")))
    return wrong + ([f"the next one: {last}"] if last else [])


def closed_in(work: str, folder: Path, wait: int) -> list[str]:
    """Begin `work`, close the window after `wait` milliseconds."""
    experiment, begin = WORKS[work]
    given = {path.name for path in folder.iterdir()}
    process = start(folder.parent / "home", "-c", SCRIPT.replace("{begin}", begin), experiment, str(wait), str(folder))
    found = wrong_with(process)
    wrong = [found] if found else []
    saved = folder / "a.nnp"
    if saved.exists():
        try:
            find(str(saved))
        except FileProblem as problem:
            wrong.append(problem.text.en)
        saved.unlink()
    left = {path.name for path in folder.iterdir()} - given
    return wrong + ([f"left behind: {left}"] if left else [])


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--at-once", type=int, default=20)
    parser.add_argument("--times", type=int, default=50, help="how often each work is closed")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng, bad = random.Random(options.seed), 0
    with tempfile.TemporaryDirectory() as name:
        at_once, home, folder = (Path(name) / part for part in ("at_once", "home", "files"))
        for part in (at_once, home, folder):
            part.mkdir()
        wrong = begun_at_once(options.at_once, at_once)
        print(f"{options.at_once} begun at once: {len(wrong)} wrong", *wrong, sep="\n  ", flush=True)
        bad += len(wrong)
        pictures(folder / "pictures")
        for work in WORKS:
            wrong = [said for _ in range(options.times) for said in closed_in(work, folder, rng.randrange(LATEST))]
            print(f"closed {options.times} times while {work}: {len(wrong)} wrong", *wrong, sep="\n  ", flush=True)
            bad += len(wrong)
    return int(bad > 0)


def pictures(folder: Path) -> None:
    """So many that reading them takes a while."""
    for i in range(60):
        to = folder / f"class{i % 2}" / f"{i}.png"
        to.parent.mkdir(parents=True, exist_ok=True)
        image = QImage(900, 900, QImage.Format.Format_Grayscale8)
        image.fill(i)
        image.save(str(to))


if __name__ == "__main__":
    sys.exit(main())
