"""Labelled points of the plane as a table: x1, x2, class, one point a line."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from nnplayground.data import sheet
from nnplayground.data.columns import number
from nnplayground.data.datasets.my_points import FURTHEST, MOST, Point
from nnplayground.data.files import FileProblem, read_bytes
from nnplayground.data.sheet import Row
from nnplayground.text import Text

LARGEST = 2_000_000
"""Bytes of a file."""
CLASSES = 10
HEADER = ("x1", "x2", "class")


def read(path: Path) -> tuple[tuple[Point, ...], int]:
    """The points of a file and how many classes they need; raises `FileProblem`."""
    return parse(read_bytes(path, LARGEST), path.name)


def parse(data: bytes, name: str) -> tuple[tuple[Point, ...], int]:
    """The points of a table as people have them, with or without a line of titles; raises `FileProblem`.

    Classes that are no numbers from 0 to 9 are numbered in the order of their names.
    """
    table = sheet.parse(data, sheet.guess(data, name), name)
    if len(table.rows) > MOST:
        raise FileProblem("too-large", _TOO_MANY.format(name=name, most=MOST))
    comma = table.format.delimiter != ","
    found = [_point(row, comma, name, line) for row, line in zip(table.rows, table.numbers, strict=True)]
    return _numbered(found, name)


def encode(points: Sequence[Point]) -> bytes:
    """The table of `points`, as `parse` reads it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows((repr(x), repr(y), k) for x, y, k in points)
    return out.getvalue().encode()


def _point(cells: Row, comma: bool, name: str, line: int) -> tuple[float, float, str]:
    if len(cells) != 3:
        raise FileProblem("columns", _COLUMNS.format(name=name, line=line, n=len(cells)))
    x, y = (number(cell, comma) for cell in cells[:2])
    if x is None or y is None or max(abs(x), abs(y)) > FURTHEST or not cells[2]:
        raise FileProblem("value", _VALUE.format(name=name, line=line, most=f"{FURTHEST:,.0f}"))
    return x, y, cells[2]


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
