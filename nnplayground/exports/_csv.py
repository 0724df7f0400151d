"""Tables for spreadsheets: a mark in front says that they are UTF-8, and nothing in them is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable


def table(rows: Iterable[Iterable[object]]) -> bytes:
    """`rows` as CSV."""
    out = io.StringIO()
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def harmless(cell: object) -> object:
    """`cell` as it may stand in a table: words that a spreadsheet would take for a formula get a mark in front."""
    return "'" + cell if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
