"""Files that come from outside: read within bounds, refused in words."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from nnplayground.text import Problem, Text


class FileProblem(Problem):
    """The one error of every loader. `code` names the kind of fault for programs."""

    def __init__(self, code: str, text: Text) -> None:
        super().__init__(text)
        self.code = code


def letters(name: str) -> str:
    """The name of a file as it can be kept and shown: what is no letter becomes a question mark."""
    return name.encode("utf-8", "replace").decode()


def read_bytes(path: Path, limit: int) -> bytes:
    """All bytes of the regular file `path`, at most `limit`; raises `FileProblem`.

    Never waits for a pipe or device, and never reads what is larger than it may be.
    """
    name = path.name[:80]
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise FileProblem("not-a-file", _NOT_A_FILE.format(name=name))
        with open(path, "rb", opener=_without_waiting) as file:
            size = _checked_size(os.fstat(file.fileno()), limit, name)
            data = file.read(size + 1)
    except (OSError, ValueError) as error:
        raise FileProblem("unreadable", _UNREADABLE.format(name=name, why=_why(error))) from None
    if len(data) != size:
        raise FileProblem("changed", _CHANGED.format(name=name))
    return data


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _checked_size(info: os.stat_result, limit: int, name: str) -> int:
    if not stat.S_ISREG(info.st_mode):
        raise FileProblem("not-a-file", _NOT_A_FILE.format(name=name))
    if info.st_size == 0:
        raise FileProblem("empty", _EMPTY.format(name=name))
    if info.st_size > limit:
        sizes = {"size": info.st_size / 1e6, "limit": limit / 1e6}
        raise FileProblem("too-large", _TOO_LARGE.format(name=name, **sizes))
    return info.st_size


def _why(error: OSError | ValueError) -> str:
    return (error.strerror or "") if isinstance(error, OSError) else str(error)[:80]


_NOT_A_FILE = Text(
    "{name} is not a file; choose a file.", "{name} はファイルではありません。ファイルを選んでください。"
)
_UNREADABLE = Text(
    "{name} cannot be read ({why}); check that it is there and that you may open it.",
    "{name} を読めません（{why}）。ファイルがあるか、開く権限があるかを確かめてください。",
)
_EMPTY = Text("{name} is empty; choose another file.", "{name} は空です。別のファイルを選んでください。")
_TOO_LARGE = Text(
    "{name} has {size:.0f} MB, and at most {limit:.0f} MB are read; choose a smaller file.",
    "{name} は {size:.0f} MB ありますが、読めるのは {limit:.0f} MB までです。小さいファイルを選んでください。",
)
_CHANGED = Text(
    "{name} changed while it was read; open it again.", "{name} が読み込み中に変わりました。もう一度開いてください。"
)
