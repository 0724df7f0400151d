"""Saving that leaves either the old file or the new one, whatever happens in between."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
import time
from pathlib import Path

from nnplayground.data.files import FileProblem
from nnplayground.storage import in_place
from nnplayground.storage.parsing import shorten
from nnplayground.text import Text

STALE = 3600.0
"""Seconds after which a file that was to get another name is one that was left behind."""


def write_bytes(path: Path, data: bytes) -> Text | None:
    """Put `data` into the file `path`; raises `FileProblem`, and then the old file is as it was.

    Written beside the target under a name of its own, brought to the disk, and only then given the name. A link stays
    a link to the file that is replaced; the rights of an old file are kept. Returns what the person is to know of a
    drive that cannot give a file the name of another, where it is written as `in_place` says.
    """
    told = None
    try:
        target, mode = _target(path)
        prefix = f".{target.name[:40]}-"
        _clear_away(target.parent, prefix)
        handle, beside = tempfile.mkstemp(prefix=prefix, suffix=".tmp", dir=target.parent)
        try:
            with open(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(beside, mode)
            try:
                os.replace(beside, target)
            except OSError as refused:
                if refused.errno not in in_place.REFUSALS:
                    raise
                os.unlink(beside)
                told = in_place.write(target, data)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(beside)
            raise
    except (OSError, ValueError) as error:
        raise _problem(path, error) from None
    _sync_folder(target.parent)
    return told


def _clear_away(folder: Path, prefix: str) -> None:
    """Remove what saves that were killed left behind; one that is under way is younger."""
    with contextlib.suppress(OSError):
        for name in os.listdir(folder):
            if name.startswith(prefix) and name.endswith(".tmp"):
                left = folder / name
                if time.time() - left.stat().st_mtime > STALE:
                    left.unlink()


def check(path: Path) -> None:
    """Raise `FileProblem` if a file cannot be saved there: to be asked before the work is done."""
    try:
        target, _ = _target(path)
        if not os.access(target.parent, os.W_OK):
            os.listdir(target.parent)  # names the reason if the folder is not there
            raise PermissionError(0, "read-only folder")
    except (OSError, ValueError) as error:
        raise _problem(path, error) from None


def _target(path: Path) -> tuple[Path, int]:
    """The file that `path` leads to over links, and the rights that it is to have."""
    target = Path(os.path.realpath(path))
    return target, _mode(target)


def _problem(path: Path, error: OSError | ValueError) -> FileProblem:
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return FileProblem("not-saved", _NOT_SAVED.format(name=shorten(path.name), why=why))


def _mode(target: Path) -> int:
    """The rights that the file has, or that a new one gets here; raises OSError if it must not be replaced."""
    try:
        info = os.stat(target)
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask
    if not stat.S_ISREG(info.st_mode):
        raise OSError(0, "not a file")
    if not os.access(target, os.W_OK):
        raise PermissionError(0, "read-only")
    return stat.S_IMODE(info.st_mode)


def _sync_folder(folder: Path) -> None:
    """Bring the new name to the disk as well; not every system can, and the file is whole either way."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


_NOT_SAVED = Text(
    "{name} could not be saved ({why}); what was there before is unchanged. Choose another place.",
    "{name} を保存できませんでした（{why}）。元のファイルはそのままです。別の場所を選んでください。",
)
