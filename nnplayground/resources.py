"""Where the files of `resources/` are: inside an installed package, beside the package in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def _root() -> Path:
    package = Path(__file__).resolve().parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"


def path(*parts: str) -> Path:
    """Path of a file or folder below `resources/`; it need not exist."""
    return _root().joinpath(*parts)
