"""Saving on a drive that lets no file take the name of another: directly, after a copy of the old one is on the disk."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from nnplayground.data.files import FileProblem
from nnplayground.storage.parsing import shorten
from nnplayground.text import Text

REFUSALS = {errno.EXDEV, errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EEXIST}
"""What drives answer that cannot rename upon a file; a full or failing disk answers otherwise."""
TOLD = Text(
    "{name} is saved, but this drive cannot replace a file at one stroke: should the program ever be killed while it "
    "saves here, open the file {copy}... in the same folder.",
    "{name} を保存しました。ただし、このドライブではファイルを一度に置き換えられないため、保存中にプログラムが"
    "強制終了したときは、同じフォルダーの {copy}... を開いてください。",
)
_KEPT = Text(
    "{name} could not be saved ({why}); what was there before is kept in {copy} in the same folder. Open that one.",
    "{name} を保存できませんでした（{why}）。元の内容は同じフォルダーの {copy} に残っています。そちらを開いてください。",
)


def write(target: Path, data: bytes) -> Text:
    """Put `data` into `target`, and return what the person is to know; raises OSError if the old content is back there.

    At every moment the old content is whole in `target` or in the copy; raises `FileProblem` that names the copy if
    only that one has it.
    """
    copy = _copy(target)
    try:
        _put(target, data)
    except BaseException as error:
        _put_back(target, copy, error)
        raise
    _remove(copy)
    return TOLD.format(name=shorten(target.name), copy=shorten(_name(target)))


def _name(target: Path) -> str:
    return f"{target.stem[:12]}-before-saving-"


def _copy(target: Path) -> Path | None:
    """A copy of the old file beside it, brought to the disk, under a name that nothing has; None without an old file."""
    try:
        old = target.read_bytes()
    except FileNotFoundError:
        return None
    handle, name = tempfile.mkstemp(prefix=_name(target), suffix=target.suffix[:8], dir=target.parent)
    try:
        _put(handle, old)
    except BaseException:
        _remove(Path(name))
        raise
    return Path(name)


def _put(where: Path | int, data: bytes) -> None:
    with open(where, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _put_back(target: Path, copy: Path | None, error: BaseException) -> None:
    """Make `target` what it was; without that, the copy stays."""
    if copy is None:
        _remove(target)
        return
    try:
        _put(target, copy.read_bytes())
    except OSError:
        words = {"name": shorten(target.name), "copy": shorten(copy.name), "why": error}
        raise FileProblem("not-saved", _KEPT.format(**words)) from None
    _remove(copy)


def _remove(path: Path | None) -> None:
    with contextlib.suppress(OSError):
        if path is not None:
            path.unlink()
