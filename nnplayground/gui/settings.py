"""What the window remembers between two starts: one small JSON file that may be missing, old or broken."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QStandardPaths

T = TypeVar("T")

LARGEST = 1_000_000
"""Bytes of a file that is read at all."""


def default_folder() -> Path:
    """The usual place of the program's settings on this system."""
    base = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(base or tempfile.gettempdir()) / "nnplayground"


class Settings:
    """Values by name. Unknown names are kept as they are, a broken file is put aside as `.bak`."""

    def __init__(self, folder: Path | None = None) -> None:
        self.own_folder = folder is not None
        """Whether they lie in another place than usual."""
        self.folder = folder or default_folder()
        self._file = self.folder / "settings.json"
        self.was_broken = False
        self._values = self._read()

    def get(self, name: str, default: T) -> T:
        """The value of `name` if it is of the same type as `default`, else `default`."""
        value = self._values.get(name, default)
        return value if type(value) is type(default) else default

    def set(self, name: str, value: Any) -> None:
        """Remember `value`, which JSON can hold: at once, for nobody knows how the program will end."""
        if name not in self._values or self._values[name] != value:
            self._values[name] = value
            self.save()

    def save(self) -> bool:
        """Write the file, whole or not at all; False if that cannot be done."""
        aside = self._file.with_name(f"settings.{os.getpid()}.tmp")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            aside.write_text(json.dumps(self._values, indent=1), "utf-8")  # escaped: a path may hold what is no letter
            os.replace(aside, self._file)
        except OSError:
            with contextlib.suppress(OSError):
                aside.unlink(missing_ok=True)
            return False
        return True

    def _read(self) -> dict[str, Any]:
        try:
            if not self._file.is_file():
                return {}
            with open(self._file, "rb") as file:
                data = file.read(LARGEST + 1)
            values = json.loads(data.decode("utf-8")) if len(data) <= LARGEST else None
            if isinstance(values, dict):
                return values
        except OSError:
            return {}
        except (ValueError, RecursionError):
            pass
        self.was_broken = True
        with contextlib.suppress(OSError):
            os.replace(self._file, self._file.with_suffix(".bak"))
        return {}
