"""Writing the collection of one's own digits: whole or not at all, and never over a file that could not be read."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from nnplayground.data import my_digits
from nnplayground.data.files import FileProblem
from nnplayground.data.my_digits import MOST, TOO_MANY, KeptDigit
from nnplayground.storage import atomic
from nnplayground.text import Text


def save(file: Path, digits: Sequence[KeptDigit]) -> Text | None:
    """Put `digits` into `file`, making its folder, and return what `atomic.write_bytes` tells.

    Raises `FileProblem`, and then the old file is as it was.
    """
    if len(digits) > MOST:
        raise FileProblem("too-large", TOO_MANY.format(most=MOST))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileProblem("not-saved", _NO_FOLDER.format(folder=file.parent.name, why=error.strerror)) from None
    return atomic.write_bytes(file, my_digits.encode(digits))


def open_or_set_aside(file: Path) -> tuple[tuple[KeptDigit, ...], Text | None]:
    """The digits in `file` (none if there is no file), and what to tell if it was damaged and is kept as a backup."""
    if not file.exists():
        return (), None
    try:
        return my_digits.read(file), None
    except FileProblem as problem:
        if problem.code in ("unreadable", "newer"):
            raise
        backup = _free_name(file)
        try:
            os.replace(file, backup)
        except OSError:
            raise FileProblem("unreadable", problem.text) from None
        return (), _SET_ASIDE.format(name=backup.name, why=problem.text)


def _free_name(file: Path) -> Path:
    names = (file.with_name(f"{file.stem}.{i}.bak" if i else f"{file.stem}.bak") for i in range(10_000))
    return next(name for name in names if not name.exists())


_NO_FOLDER = Text(
    "The folder {folder} could not be made ({why}); your digits are kept until you close the window.",
    "フォルダー {folder} を作れませんでした（{why}）。数字はウィンドウを閉じるまでは残ります。",
)
_SET_ASIDE = Text(
    "Your digits could not be read and start anew; the old file is kept beside them as {name}. ({why})",
    "自分の数字を読めなかったので、空の状態で始めました。元のファイルは {name} として残してあります。（{why}）",
)
