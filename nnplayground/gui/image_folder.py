"""A folder of pictures, one folder in it for each digit, made into two IDX files of images and labels."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import platformdirs

from nnplayground.data.files import FileProblem
from nnplayground.data.idx import to_idx
from nnplayground.data.paper import find_ink
from nnplayground.data.pictures import ink_stages
from nnplayground.gui.picture_input import SUFFIXES
from nnplayground.gui.pictures import read_picture
from nnplayground.storage import atomic
from nnplayground.text import Problem, Text

MOST = 20_000
"""Pictures of one folder that are read."""


def home() -> Path:
    """Where the made files are kept."""
    return Path(platformdirs.user_data_dir("nnplayground", appauthor=False)) / "images"


def pictures_in(folder: Path) -> list[tuple[int, Path]]:
    """(label, file) of all pictures in the folders 0 to 9 of `folder`, in order; raises `FileProblem` if there are none."""
    found = []
    for label in range(10):
        try:
            files = sorted(p for p in (folder / str(label)).iterdir() if p.suffix.lower() in SUFFIXES)
        except OSError:
            continue
        found += [(label, file) for file in files]
    if len(found) < 2:
        raise FileProblem("no-pictures", _NONE.format(name=folder.name[:80]))
    return found[:: -(-len(found) // MOST)]


def import_folder(folder: Path, tell: Callable[[float], None], into: Path) -> tuple[Path, int, int]:
    """Read all pictures as the canvas reads them; `tell` is given the share that is done.

    Returns the file of images, how many there are, and how many were left out because no digit was found in them.
    Raises `FileProblem`.
    """
    pictures = pictures_in(folder)
    images, labels = [], []
    for i, (label, file) in enumerate(pictures):
        tell(i / len(pictures))
        try:
            ink = find_ink(read_picture(file))
        except Problem:
            continue
        if ink.any():
            images.append(np.rint(ink_stages(ink)[-1].image * 255).astype(np.uint8))
            labels.append(label)
    if len(images) < 2:
        raise FileProblem("no-pictures", _NONE.format(name=folder.name[:80]))
    path = into / f"{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]}-images-idx3-ubyte"
    _save(path, np.stack(images))
    _save(path.with_name(path.name.replace("images-idx3", "labels-idx1")), np.array(labels, np.uint8))
    return path, len(images), len(pictures) - len(images)


def _save(path: Path, array: np.ndarray) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileProblem("not-saved", _NO_FOLDER.format(folder=path.parent.name, why=error.strerror)) from None
    atomic.write_bytes(path, to_idx(array))


_NONE = Text(
    "{name} holds no pictures of digits; choose a folder with folders 0, 1, … 9, each with PNG or JPEG files.",
    "{name} に数字の画像が見つかりません。0、1、… 9 というフォルダーに PNG や JPEG の画像を入れたフォルダーを選んでください。",
)
_NO_FOLDER = Text(
    "The folder {folder} could not be made ({why}); free some room or rights and try again.",
    "フォルダー {folder} を作れませんでした（{why}）。空き容量や権限を確かめて、もう一度試してください。",
)
