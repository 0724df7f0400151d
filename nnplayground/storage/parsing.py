"""Strict JSON: what the standard forbids, and what would be read in two ways, is refused."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from nnplayground.data.files import FileProblem
from nnplayground.text import Text


def parse_object(data: bytes, name: str) -> dict[str, Any]:
    """The JSON object in `data`; raises `FileProblem`. `name` is the file's, for messages."""
    try:
        found = msgspec.json.decode(data)
        json.loads(data, object_pairs_hook=lambda pairs: _without_duplicates(pairs, name))
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise FileProblem("damaged", _DAMAGED.format(name=name, why=str(error)[:100])) from None
    if not isinstance(found, dict):
        raise FileProblem("not-ours", not_ours(name))
    return found


def _without_duplicates(pairs: list[tuple[str, Any]], name: str) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in found if keys.count(key) > 1)
        raise FileProblem("duplicate", _DUPLICATE.format(name=name, key=shorten(twice)))
    return found


def shorten(words: object) -> str:
    """Words from outside as they may be shown: one line, escaped, at most 40 characters."""
    shown = ascii(words) if isinstance(words, str) and not words.isprintable() else str(words)
    return shown if len(shown) <= 40 else shown[:37] + "..."


def not_ours(name: str) -> Text:
    """The sentence for a file of another kind."""
    return Text(
        "{name} is not an experiment of nnplayground; choose a file that was saved by it.",
        "{name} は nnplayground の実験ファイルではありません。nnplayground で保存したファイルを選んでください。",
    ).format(name=name)


def newer(name: str, version: int) -> Text:
    """The sentence for a file of a version to come."""
    return _NEWER.format(name=shorten(name), version=shorten(version))


def damaged(name: str, why: str) -> FileProblem:
    """The error for a file whose parts do not fit together; `why` names the part, for those who know the format."""
    return FileProblem("damaged", _BROKEN.format(name=shorten(name), why=why[:100]))


_BROKEN = Text(
    "{name} is damaged ({why}); take another copy.", "{name} は壊れています（{why}）。別のコピーを使ってください。"
)
_NEWER = Text(
    "{name} was made by a newer version of nnplayground (format {version}); update nnplayground to open it.",
    "{name} は新しい版の nnplayground で作られています（形式 {version}）。nnplayground を更新してから開いてください。",
)
_DAMAGED = Text(
    "{name} is damaged or not JSON ({why}); take another copy.",
    "{name} は壊れているか JSON ではありません（{why}）。別のコピーを使ってください。",
)
_DUPLICATE = Text(
    "{name}: {key} is given twice; remove one.", "{name}: {key} が 2 回書かれています。どちらかを消してください。"
)
