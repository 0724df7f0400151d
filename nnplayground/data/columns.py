"""From the cells of a table to numbers and classes: nothing is guessed silently, what is left out is counted."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from nnplayground.data.datasets.own_data import OwnData
from nnplayground.data.files import FileProblem, letters
from nnplayground.data.holdings import MOST_NUMBERS, Holding, hold
from nnplayground.data.progress import report
from nnplayground.data.sheet import Row, Sheet
from nnplayground.text import Text

MOST_CLASSES = 100
MOST_WORDS = 20
"""Different words of a column that becomes inputs: one for each."""
WHOLE_CLASSES = 20
"""Different whole numbers of an answer column that are still taken for classes."""
MISSING = frozenset({"", "nan", "na", "n/a", "#n/a", "null", "none", "-", "?", "inf", "-inf", "+inf", "infinity"})
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+([eE][+-]?\d+)?")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


def number(cell: str, decimal_comma: bool = False) -> float | None:
    """The number in `cell`: full-width digits, a true minus sign, thousands separators or a decimal comma included."""
    if _NUMBER.fullmatch(cell):  # nearly all of them, so first
        value = float(cell)
        return value if math.isfinite(value) else None
    if not cell.isascii():
        cell = unicodedata.normalize("NFKC", cell).replace("\u2212", "-")
    if decimal_comma and _DECIMAL_COMMA.fullmatch(cell):
        cell = cell.replace(",", ".")
    elif _THOUSANDS.fullmatch(cell):
        cell = cell.replace(",", "")
    if not _NUMBER.fullmatch(cell):
        return None
    value = float(cell)
    return value if math.isfinite(value) else None


def is_missing(cell: str) -> bool:
    """Whether `cell` says that there is nothing."""
    return not cell[:1].isdigit() and cell.strip().lower() in MISSING


@dataclass(frozen=True)
class Choices:
    """What a person decides: the column to be found (its place), and what becomes of incomplete rows."""

    answer: int
    gaps: str = "stop"
    """stop: say so; drop: leave such rows out; fill: the mean of the column for a missing number."""
    left_out: frozenset[int] = frozenset()
    scaling: str = "standard"


@dataclass(frozen=True, eq=False)
class Imported:
    """The dataset, and what a person should know of it."""

    dataset: OwnData
    samples: int
    notes: list[Text] = field(default_factory=list)


def build(sheet: Sheet, choices: Choices) -> Imported:
    """The data of `sheet`, held and named; raises `FileProblem` with what to decide."""
    width = len(sheet.columns)
    if not 0 <= choices.answer < width or width < 2:
        raise FileProblem("columns", _COLUMNS.format(name=sheet.name))
    notes: list[Text] = []
    rows = _complete(sheet, choices, notes)
    comma = sheet.format.delimiter != ","
    names, inputs = _inputs(sheet, rows, choices, comma, notes)
    if not inputs:
        raise FileProblem("columns", _NO_INPUTS.format(name=sheet.name))
    x = np.stack(inputs, axis=1)
    classes, t = _answers([row[choices.answer] for row in rows], sheet.columns[choices.answer], comma)
    with np.errstate(over="ignore"):
        small = x.astype(np.float32)
    if not np.isfinite(small).all():
        raise FileProblem("numbers", _HUGE.format(name=sheet.name))
    if classes:
        counts = Counter(t.tolist())
        shown = ", ".join(f"{name[:20]}: {counts[i]}" for i, name in list(enumerate(classes))[:12])
        notes.append(_CLASSES.format(shown=shown + (" …" if len(classes) > 12 else "")))
    else:
        notes.append(_VALUES.format(column=sheet.columns[choices.answer], low=float(t.min()), high=float(t.max())))
    dataset = OwnData(
        source=letters(sheet.name)[:100], content=hold(Holding(small, t)), shape=(x.shape[1],), features=names, classes=classes,
        scaling=choices.scaling,
    )  # fmt: skip
    return Imported(dataset, len(x), notes)


def _complete(sheet: Sheet, choices: Choices, notes: list[Text]) -> list[Row]:
    """The rows that are used; with "fill", cells may still be missing but for the answer."""
    width, kept, ragged, gaps = len(sheet.columns), [], [], []
    used = [i for i in range(width) if i not in choices.left_out and i != choices.answer]
    for place, row in enumerate(sheet.rows):
        if place % 50_000 == 0:
            report(place / len(sheet.rows) / 2)
        if len(row) != width:
            ragged.append(sheet.numbers[place])
        elif is_missing(row[choices.answer]) or (choices.gaps != "fill" and any(is_missing(row[i]) for i in used)):
            gaps.append(sheet.numbers[place])
        else:
            kept.append(row)
    wrong = [_RAGGED.format(n=len(ragged), rows=_some(ragged), width=width)] if ragged else []
    wrong += [_GAPS.format(n=len(gaps), rows=_some(gaps))] if gaps else []
    if wrong and choices.gaps == "stop":
        raise FileProblem("gaps", _DECIDE.format(what=wrong[0]))
    notes += wrong
    if len(kept) < 2:
        raise FileProblem("rows", _FEW.format(name=sheet.name, n=len(kept)))
    return kept


def _inputs(
    sheet: Sheet, rows: list[Row], choices: Choices, comma: bool, notes: list[Text]
) -> tuple[Row, list[np.ndarray]]:
    names: list[str] = []
    inputs: list[np.ndarray] = []
    for place, name in enumerate(sheet.columns):
        if place == choices.answer or place in choices.left_out:
            continue
        report(0.5 + place / len(sheet.columns) / 2)
        cells = [row[place] for row in rows]
        values = [None if is_missing(cell) else number(cell, comma) for cell in cells]
        if all(v is not None or is_missing(c) for v, c in zip(values, cells, strict=True)) and any(
            v is not None for v in values
        ):
            names.append(name)
            inputs.append(_filled(values))
            if np.ptp(inputs[-1]) == 0:
                notes.append(_CONSTANT.format(column=name))
            continue
        words = sorted(set(cells))
        readable = sum(v is not None for v in values)
        if len(words) > MOST_WORDS or readable:
            notes.append((_MIXED if readable else _WORDS).format(column=name, n=len(words), bad=len(cells) - readable))
            continue
        for word in words:
            names.append(f"{name} = {word}"[:80])
            inputs.append(np.array([cell == word for cell in cells], np.float64))
        if len(inputs) * len(rows) > MOST_NUMBERS:
            raise FileProblem("too-large", _HUGE.format(name=sheet.name))
    return tuple(names), inputs


def _filled(values: list[float | None]) -> np.ndarray:
    """Numbers with the mean of all in the place of those that are missing."""
    array = np.array([math.nan if v is None else v for v in values])
    known = array[~np.isnan(array)]
    array[np.isnan(array)] = known.mean() if len(known) else 0.0
    return array


def _answers(cells: list[str], column: str, comma: bool) -> tuple[Row, np.ndarray]:
    """Classes and their numbers, or no classes and values (samples, 1)."""
    values = [number(cell, comma) for cell in cells]
    numeric = all(v is not None for v in values)
    different = sorted(set(cells)) if not numeric else sorted({float(v) for v in values if v is not None})
    whole = numeric and all(float(v).is_integer() for v in different)
    if numeric and not (whole and len(different) <= WHOLE_CLASSES):
        return (), np.array(values, np.float64)[:, None]
    if not 2 <= len(different) <= MOST_CLASSES:
        raise FileProblem(
            "classes",
            (_ONE if len(different) < 2 else _MANY).format(column=column, n=len(different), most=MOST_CLASSES),
        )
    places = {value: i for i, value in enumerate(different)}
    keys = cells if not numeric else [float(v) for v in values if v is not None]
    classes = tuple(f"{value:g}" if isinstance(value, float) else value[:80] for value in different)
    return classes, np.array([places[key] for key in keys], np.int64)


def _some(rows: list[int]) -> str:
    return ", ".join(map(str, rows[:5])) + (" …" if len(rows) > 5 else "")


_COLUMNS = Text(
    "{name} has a single column; choose the delimiter, or a table with inputs and an answer.",
    "{name} は 1 列しかありません。区切り文字を選ぶか、入力と答えの列がある表を選んでください。",
)
_NO_INPUTS = Text(
    "{name}: no column of numbers is left as input; choose another answer column or header.",
    "{name}: 入力に使える数値の列がありません。答えの列か見出しの設定を変えてください。",
)
_HUGE = Text(
    "{name} has numbers or columns too large to compute with; take a part of it or rescale it.",
    "{name} に大きすぎる数か、多すぎる列があります。一部を取り出すか、値を小さくしてください。",
)
_RAGGED = Text("rows without {width} cells: {n} (row {rows})", "セル数が {width} ではない行: {n} 行（{rows} 行目）")
_GAPS = Text("rows with missing values: {n} (row {rows})", "値のないセルがある行: {n} 行（{rows} 行目）")
_DECIDE = Text(
    "There are {what}; choose whether to leave them out or to fill them in.",
    "{what}。除くか、補うかを選んでください。",
)
_FEW = Text(
    "{name} has {n} complete rows; at least 2 are needed.", "{name} の使える行は {n} 行です。少なくとも 2 行必要です。"
)
_CONSTANT = Text("{column} is the same in every row", "{column} はすべての行で同じ値です")
_WORDS = Text("{column} is left out: {n} different words", "{column} は使いません（{n} 種類の文字列）")
_MIXED = Text(
    "{column} is left out: {bad} cells are not numbers", "{column} は使いません（{bad} 個のセルが数ではありません）"
)
_CLASSES = Text("Classes: {shown}", "クラス: {shown}")
_VALUES = Text(
    "A number is to be found: {column}, {low:g} to {high:g}", "数値を予測します: {column}（{low:g}〜{high:g}）"
)
_ONE = Text(
    "All rows have the same answer in {column}; choose another column.",
    "{column} の答えがすべて同じです。別の列を選んでください。",
)
_MANY = Text(
    "{column} has {n} different answers, and at most {most} classes are learnt; choose another column.",
    "{column} の答えが {n} 種類あります。クラスは {most} 個までです。別の列を選んでください。",
)
