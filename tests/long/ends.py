"""T08, P11: the program begun twenty times at once, and closed fifty times in each of its works: `python -m tests.long.ends`.

Every process must end with 0, say nothing on stderr and leave no file behind but what it was asked for.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from PySide6.QtGui import QImage

from nnplayground.data.files import FileProblem
from nnplayground.storage.project import find
from tests.program import end, start

PNG_ENDS = b"IEND\xaeB`\x82"
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


def wrong_with(process: subprocess.Popen[str]) -> str:
    """What is wrong with how it ended, or nothing."""
    try:
        code, said = end(process, timeout=300)
    except subprocess.TimeoutExpired:
        return "it did not end"
    return f"exit code {code}: {said}" if code or said else ""


def begun_at_once(count: int, folder: Path) -> list[str]:
    """`count` programs, each with a window of its own, with the same settings; then one more."""
    pictures = [folder / f"{i}.png" for i in range(count)]

    def take(picture: Path) -> subprocess.Popen[str]:
        return start(arguments=f"'three-classes', screenshot=__import__('pathlib').Path({str(picture)!r})", home=folder)

    every = [take(picture) for picture in pictures]
    wrong = [found for found in map(wrong_with, every) if found]
    wrong += [f"{picture.name} is no picture" for picture in pictures if not _is_whole(picture)]
    last = wrong_with(take(folder / "last.png"))
    return wrong + ([f"the next one: {last}"] if last else [])


def _is_whole(picture: Path) -> bool:
    return picture.exists() and picture.read_bytes().endswith(PNG_ENDS)


def closed_in(work: str, folder: Path, wait: int) -> list[str]:
    """Begin `work`, close the window after `wait` milliseconds."""
    experiment, begin = WORKS[work]
    given = {path.name for path in folder.iterdir()}
    soon = f"folder = __import__('pathlib').Path({str(folder)!r})\n{begin}\nQTimer.singleShot({wait}, window.close)"
    found = wrong_with(start(soon, repr(experiment), folder.parent / "home"))
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
