"""Labelled points of the plane as a table: x1, x2, class, one point a line."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from pathlib import Path

from nnplayground.data.datasets.my_points import FURTHEST, MOST, Point
from nnplayground.data.files import FileProblem, read_bytes
from nnplayground.text import Text

LARGEST = 2_000_000
"""Bytes of a file."""
CLASSES = 10
HEADER = ("x1", "x2", "class")


def read(path: Path) -> tuple[tuple[Point, ...], int]:
    """The points of a file and how many classes they need; raises `FileProblem`."""
    return parse(read_bytes(path, LARGEST), path.name)


def parse(data: bytes, name: str) -> tuple[tuple[Point, ...], int]:
    """The points of a table with commas, semicolons or tabs, with or without a line of titles; raises `FileProblem`.

    Classes that are no numbers from 0 to 9 are numbered in the order of their names.
    """
    words = _decoded(data, name)
    first = next((line for line in words.splitlines() if line.strip()), "")
    mark = next((mark for mark in "\t;," if mark in first), ",")
    found: list[tuple[float, float, str]] = []
    try:
        for number, row in enumerate(csv.reader(io.StringIO(words), delimiter=mark), 1):
            cells = [cell.strip() for cell in row]
            if not any(cells) or (not found and _is_title(cells, mark)):
                continue
            found.append(_point(cells, mark, name, number))
            if len(found) > MOST:
                raise FileProblem("too-large", _TOO_MANY.format(name=name, most=MOST))
    except csv.Error as error:
        raise FileProblem("unreadable", _NO_TABLE.format(name=name, why=str(error))) from None
    if not found:
        raise FileProblem("empty", _EMPTY.format(name=name))
    return _numbered(found, name)


def encode(points: Sequence[Point]) -> bytes:
    """The table of `points`, as `parse` reads it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows((repr(x), repr(y), k) for x, y, k in points)
    return out.getvalue().encode()


def _decoded(data: bytes, name: str) -> str:
    """As UTF-8, or as older Japanese programs write."""
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return data.decode(encoding).replace("\0", " ")
        except UnicodeDecodeError:
            continue
    raise FileProblem("unreadable", _NO_TABLE.format(name=name, why="encoding"))


def _is_title(cells: list[str], mark: str) -> bool:
    return len(cells) == 3 and _number(cells[0], mark) is None and _number(cells[1], mark) is None


def _point(cells: list[str], mark: str, name: str, line: int) -> tuple[float, float, str]:
    if len(cells) != 3:
        raise FileProblem("columns", _COLUMNS.format(name=name, line=line, n=len(cells)))
    x, y = (_number(cell, mark) for cell in cells[:2])
    if x is None or y is None or not cells[2]:
        raise FileProblem("value", _VALUE.format(name=name, line=line, most=f"{FURTHEST:,.0f}"))
    return x, y, cells[2]


def _number(cell: str, mark: str) -> float | None:
    """A number within bounds; with other marks than commas, a comma may be the decimal point."""
    try:
        value = float(cell if mark == "," else cell.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= FURTHEST else None


def _numbered(found: list[tuple[float, float, str]], name: str) -> tuple[tuple[Point, ...], int]:
    labels = {label for _, _, label in found}
    if all(label.isascii() and label.isdigit() and int(label) < CLASSES for label in labels):
        numbers = {label: int(label) for label in labels}
    elif len(labels) <= CLASSES:
        numbers = {label: i for i, label in enumerate(sorted(labels))}
    else:
        raise FileProblem("classes", _CLASSES.format(name=name, n=len(labels), most=CLASSES))
    points = tuple((x, y, numbers[label]) for x, y, label in found)
    return points, max(2, max(numbers.values()) + 1)


_NO_TABLE = Text(
    "{name} is no table of text ({why}); save it as CSV.",
    "{name} は文字の表として読めません（{why}）。CSV 形式で保存してください。",
)
_EMPTY = Text(
    "{name} has no points; give one a line: x1, x2, class.",
    "{name} に点がありません。1 行に x1, x2, クラスを書いてください。",
)
_COLUMNS = Text(
    "{name}, line {line}: there are {n} columns; give three: x1, x2, class.",
    "{name} の {line} 行目は {n} 列です。x1, x2, クラスの 3 列にしてください。",
)
_VALUE = Text(
    "{name}, line {line}: give two numbers between -{most} and {most}, and a class.",
    "{name} の {line} 行目: -{most} から {most} までの数を 2 つと、クラスを書いてください。",
)
_CLASSES = Text(
    "{name} has {n} classes; at most {most} can be told apart.",
    "{name} のクラスは {n} 種類です。{most} 種類までにしてください。",
)
_TOO_MANY = Text(
    "{name} has more than {most} points; leave some out.", "{name} の点は {most} 個を超えています。減らしてください。"
)
