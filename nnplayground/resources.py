"""Where the files of `resources/` are: inside an installed package, beside the package in a checkout."""

from __future__ import annotations

import tempfile
import zipfile
from functools import cache
from pathlib import Path

_unpacked: list[tempfile.TemporaryDirectory[str]] = []
"""Goes when the program ends."""


@cache
def _root() -> Path:
    package = Path(__file__).resolve().parent
    if not package.is_dir():
        return _unpack(next(place for place in package.parents if place.is_file()))
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"


def _unpack(archive: Path) -> Path:
    """The files of a zipped package, in a folder of their own."""
    _unpacked.append(tempfile.TemporaryDirectory(prefix="nnplayground-"))
    folder, inside = Path(_unpacked[-1].name), "nnplayground/resources/"
    with zipfile.ZipFile(archive) as file:
        file.extractall(folder, [name for name in file.namelist() if name.startswith(inside)])
    return folder / inside


def path(*parts: str) -> Path:
    """Path of a file or folder below `resources/`; it need not exist."""
    return _root().joinpath(*parts)
