"""Tables as text (CSV, TSV): which letters, which delimiter, which rows; guessed, shown, and open to change."""

from __future__ import annotations

import codecs
import csv
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nnplayground.data.files import FileProblem, read_bytes
from nnplayground.data.progress import report
from nnplayground.text import Text

MAX_BYTES = 300_000_000
MOST_COLUMNS = 2_000
MOST_CELLS = 50_000_000
ENCODINGS = ("utf-8", "cp932", "euc_jp", "utf-16", "latin-1")
DELIMITERS = (",", "\t", ";", " ")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LOOK = 200
"""Rows from which the delimiter and the header are guessed."""

Row = tuple[str, ...]


@dataclass(frozen=True)
class Format:
    """How the bytes of a file are a table."""

    encoding: str = "utf-8"
    delimiter: str = ","
    header: bool = True


@dataclass(frozen=True)
class Sheet:
    """Names of the columns, all different, and rows of cells, which may be of other lengths; `numbers` count lines."""

    name: str
    format: Format
    columns: Row
    rows: list[Row]
    numbers: list[int]
    """Where in the file each row stands, from 1."""


def read(path: Path) -> bytes:
    """The bytes of a table; raises `FileProblem`."""
    return read_bytes(path, MAX_BYTES)


def guess(data: bytes, name: str) -> Format:
    """How `data` is most likely to be read; raises `FileProblem` if it is no text of a known kind."""
    encoding = _encoding(data, name)
    start = _decode(data[:1_000_000], encoding, name, partial=True)
    delimiter = max(DELIMITERS, key=lambda one: _consistency(start, one))
    rows = list(itertools.islice(_rows(start, delimiter, name), _LOOK))
    return Format(encoding, delimiter, _has_header([cells for _, cells in rows]))


def parse(data: bytes, how: Format, name: str, most: int | None = None) -> Sheet:
    """The table in `data`, or its first `most` rows; raises `FileProblem` with the row that is wrong."""
    text = _decode(data if most is None else data[: 4000 * most], how.encoding, name, partial=most is not None)
    rows: list[Row] = []
    numbers: list[int] = []
    cells = 0
    for number, row in itertools.islice(_rows(text, how.delimiter, name), None if most is None else most + how.header):
        rows.append(row)
        numbers.append(number)
        cells += len(row)
        if len(row) > MOST_COLUMNS or cells > MOST_CELLS:
            raise FileProblem("too-large", _TOO_WIDE.format(name=name, columns=len(row), most=MOST_COLUMNS))
        if len(rows) % 20_000 == 0:
            report(min(1.0, cells * 8 / len(text)))
    first = rows.pop(0) if how.header and rows else ()
    del numbers[: len(numbers) - len(rows)]
    if not rows:
        raise FileProblem("empty", _NO_ROWS.format(name=name))
    return Sheet(name, how, _unique(first or ("",) * len(rows[0])), rows, numbers)


def _encoding(data: bytes, name: str) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError as error:
        known = {encoding: text for encoding in ("cp932", "euc_jp") if (text := _japanese(data, encoding)) is not None}
        if not known:
            raise _not_read(data, error, "utf-8", name) from None
    # Kanji of one read as the other are mostly half-width kana, which people seldom write.
    return min(known, key=lambda encoding: sum("\uff61" <= letter <= "\uff9f" for letter in known[encoding]))


def _japanese(data: bytes, encoding: str) -> str | None:
    """The text, or None if it is not in `encoding`; CP932 has letters for bytes that mean nothing."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if any(letter in text for letter in "\x80\xa0\uf8f0\uf8f1\uf8f2\uf8f3") else text


def _decode(data: bytes, encoding: str, name: str, partial: bool = False) -> str:
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
        text = decoder.decode(data, final=not partial)
    except (UnicodeError, LookupError) as error:
        raise _not_read(data, error, encoding, name) from None
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        raise FileProblem("not-text", _NOT_TEXT.format(name=name, row=row))
    return text.removeprefix("\ufeff")


def _not_read(data: bytes, error: Exception, encoding: str, name: str) -> FileProblem:
    row = data[: getattr(error, "start", 0)].count(b"\n") + 1
    return FileProblem("encoding", _ENCODING.format(name=name, row=row, encoding=encoding))


def _rows(text: str, delimiter: str, name: str) -> Iterator[tuple[int, Row]]:
    """Rows with the number of their last line; blank ones are left out."""
    lines = (line for line in _lines(text))
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileProblem("damaged", _CSV.format(name=name, row=reader.line_num, why=str(error))) from None
        if any(cell.strip() for cell in row):
            yield reader.line_num, tuple(cell.strip() for cell in row)


def _lines(text: str) -> Iterator[str]:
    """Lines by LF, CR LF or CR, one after the other: the whole text need not be copied."""
    start = 0
    end_of_line = "\n" if "\n" in text else "\r"
    while start < len(text):
        end = text.find(end_of_line, start)
        end = len(text) if end < 0 else end + 1
        yield text[start:end]
        start = end


def _consistency(text: str, delimiter: str) -> tuple[int, int]:
    """How well `delimiter` splits the first rows: rows of the most usual length above 1, and that length."""
    try:
        rows = [row for _, row in itertools.islice(_rows(text, delimiter, ""), 50)]
    except FileProblem:
        return 0, 0
    lengths = [len(row) for row in rows if len(row) > 1]
    usual = max(set(lengths), key=lengths.count, default=0)
    return lengths.count(usual), usual


def _has_header(rows: list[Row]) -> bool:
    """Whether the first row holds names: no number in it, and either numbers below or words that do not come again."""
    from nnplayground.data.columns import number

    if len(rows) < 2 or any(number(cell) is not None for cell in rows[0]):
        return False
    below = rows[1:]
    if any(number(row[i]) is not None for row in below for i in range(min(len(row), len(rows[0])))):
        return True
    return len(set(rows[0])) == len(rows[0]) and not any(set(row) & set(rows[0]) for row in below)


def _unique(names: Row) -> Row:
    """Names that are all there and all different."""
    found: list[str] = []
    taken = set(names)
    for i, name in enumerate(names, 1):
        base = name[:80] or f"x{i}"
        wanted = base
        for n in itertools.count(2):
            if wanted not in found and (wanted == name or wanted not in taken):
                break
            wanted = f"{base}_{n}"
        found.append(wanted)
    return tuple(found)


_ENCODING = Text(
    "{name}: row {row} cannot be read as {encoding}; choose another encoding.",
    "{name}: {row} 行目を {encoding} として読めません。別の文字コードを選んでください。",
)
_NOT_TEXT = Text(
    "{name} is not a table of text (a zero byte in row {row}); save it as CSV.",
    "{name} はテキストの表ではありません（{row} 行目に NUL 文字）。CSV として保存してください。",
)
_CSV = Text(
    "{name}: row {row} is not closed or too long ({why}); mend it and open the file again.",
    "{name}: {row} 行目の引用符が閉じていないか、長すぎます（{why}）。直してから開いてください。",
)
_NO_ROWS = Text(
    "{name} has no rows of data; choose a table with some.",
    "{name} にデータの行がありません。データのある表を選んでください。",
)
_TOO_WIDE = Text(
    "{name} is too large: {columns} columns in a row, and at most {most} columns and 50 million cells are read; take a part of it.",
    "{name} が大きすぎます（1 行に {columns} 列）。読めるのは {most} 列、5,000 万セルまでです。一部を取り出してください。",
)
