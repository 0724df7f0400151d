"""Digits that a person drew and kept, as strokes: what the file that holds them looks like, and where it lies."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
from numpy.typing import NDArray

from nnplayground.data.files import FileProblem, read_bytes
from nnplayground.data.strokes import CANVAS_PEN, check, digit_image
from nnplayground.text import Problem, Text

FORMAT = 1
MAX_BYTES = 200_000_000
MOST = 10_000
"""Digits of one collection."""
MOST_POINTS = 20_000
"""Points of one digit."""
_DECIMALS = 4


@dataclass(frozen=True)
class KeptDigit:
    """One drawing: its label 0..9, its strokes of (x, y) in 0..1, and the width of the pen it was drawn with."""

    label: int
    strokes: tuple[tuple[tuple[float, float], ...], ...]
    pen: float = CANVAS_PEN

    @classmethod
    def of(cls, label: int, strokes: Iterable[Any], pen: float = CANVAS_PEN) -> KeptDigit:
        """From strokes as a canvas has them; raises `Problem` if there are none, or they are no strokes."""
        checked = check(list(strokes))
        if not checked or not 0 <= label <= 9 or sum(map(len, checked)) > MOST_POINTS or not 0 < pen <= 1:
            raise Problem(_NO_DIGIT)
        rounded = (np.round(stroke, _DECIMALS).tolist() for stroke in checked)
        return cls(label, tuple(tuple((x, y) for x, y in stroke) for stroke in rounded), round(float(pen), _DECIMALS))

    def relabelled(self, label: int) -> KeptDigit:
        """The same drawing under another label."""
        return replace(self, label=label)

    @cached_property
    def pixels(self) -> NDArray[np.uint8]:
        """What a network gets of it, (28, 28) in bytes; not to be written to."""
        made = np.rint(digit_image(self.strokes) * 255).astype(np.uint8)
        made.flags.writeable = False
        return made


def path() -> Path:
    """The file of the person who runs the program."""
    return Path(platformdirs.user_data_dir("nnplayground", appauthor=False)) / "my-digits.json"


def read(file: Path) -> tuple[KeptDigit, ...]:
    """The digits in `file`, in the order they were kept; raises `FileProblem`."""
    return parse(read_bytes(file, MAX_BYTES), file.name[:80])


def load() -> tuple[KeptDigit, ...]:
    """The person's digits; none if none were kept yet. Raises `FileProblem`."""
    file = path()
    return read(file) if file.exists() else ()


def encode(digits: Iterable[KeptDigit]) -> bytes:
    """The bytes of a file with `digits`."""
    listed = [{"label": d.label, "pen": d.pen, "strokes": d.strokes} for d in digits]
    return json.dumps({"format": FORMAT, "digits": listed}, separators=(",", ":")).encode()


def version_of(digits: Iterable[KeptDigit]) -> str:
    """Tells one state of a collection from another."""
    return hashlib.sha256(encode(digits)).hexdigest()[:12]


def parse(data: bytes, name: str) -> tuple[KeptDigit, ...]:
    """The digits in the bytes of a file called `name`; raises `FileProblem`."""
    try:
        plain = json.loads(data.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise FileProblem("damaged", _DAMAGED.format(name=name)) from None
    if not isinstance(plain, dict) or not isinstance(plain.get("digits"), list):
        raise FileProblem("not-ours", _NOT_OURS.format(name=name))
    if plain.get("format") != FORMAT:
        raise FileProblem("newer", _NEWER.format(name=name))
    if len(plain["digits"]) > MOST:
        raise FileProblem("too-large", TOO_MANY.format(most=MOST))
    return tuple(_digit(item, i, name) for i, item in enumerate(plain["digits"]))


def _digit(item: Any, number: int, name: str) -> KeptDigit:
    try:
        label, strokes, pen = item["label"], item["strokes"], item.get("pen", CANVAS_PEN)
        if type(label) is not int or not isinstance(strokes, list) or isinstance(pen, bool):
            raise TypeError
        return KeptDigit.of(label, strokes, float(pen))
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, Problem):
        raise FileProblem("damaged", _DAMAGED_DIGIT.format(name=name, number=number + 1)) from None


def _refuse(word: str) -> float:
    raise ValueError(word)


TOO_MANY = Text(
    "There are more than {most} digits; keep the most telling ones.",
    "数字が {most} 個を超えています。特徴のあるものだけを残してください。",
)
_NO_DIGIT = Text(
    "There is no drawing with a label from 0 to 9 to keep; draw a digit first.",
    "0 から 9 のラベルを付けて残せる描画がありません。先に数字を描いてください。",
)
_DAMAGED = Text(
    "{name} is damaged or no collection of digits; take another copy.",
    "{name} は壊れているか、数字のコレクションではありません。別のコピーを使ってください。",
)
_NOT_OURS = Text(
    "{name} is no collection of digits; choose a file that was exported as one.",
    "{name} は数字のコレクションではありません。書き出したファイルを選んでください。",
)
_NEWER = Text(
    "{name} was made by a newer version of nnplayground; update nnplayground to open it.",
    "{name} は新しい版の nnplayground で作られています。nnplayground を更新してから開いてください。",
)
_DAMAGED_DIGIT = Text(
    "{name} is damaged at digit {number}; take another copy.",
    "{name} の {number} 番目の数字が壊れています。別のコピーを使ってください。",
)
