"""Frozen values (entries of any registry, texts, numbers) to plain dicts and lists, and back with every check.

An entry is its options and its `id`: {"id": "dense", "units": 4, "activation": {"id": "tanh"}}. What a class declares
as fields is what the file has, so that new entries and new options need nothing here.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from nnplayground.data.files import FileProblem
from nnplayground.registry import Entry, registry_of
from nnplayground.storage.parsing import shorten
from nnplayground.text import Problem, Text

E = TypeVar("E", bound=Entry)

MAX_ITEMS = 1_000
"""Longest list in a file: layers, and whatever else comes in numbers."""
MAX_WORDS = 10_000
"""Longest text in a file, in characters."""


def to_plain(value: Any) -> Any:
    """`value` as what JSON can hold."""
    if isinstance(value, Entry):
        return {"id": value.id, **fields_to_plain(value)}
    if isinstance(value, Text):
        return value.en if value.en == value.ja else {"en": value.en, "ja": value.ja}
    if isinstance(value, (tuple, list)):
        return [to_plain(item) for item in value]
    return value


def fields_to_plain(entry: Entry) -> dict[str, Any]:
    """The fields of `entry` by name, without its id."""
    return {f.name: to_plain(getattr(entry, f.name)) for f in dataclasses.fields(entry)}


def build(kind: type[E], plain: Mapping[str, Any], path: str = "", base: E | None = None) -> E:
    """A `kind` with the fields that `plain` gives; the others as in `base`, or by default.

    Raises `FileProblem` that names the place below `path`: an unknown name, a wrong type, a value out of bounds.
    """
    hints = _hints(kind)
    names = {f.name for f in dataclasses.fields(kind)}
    for key in plain:
        if key not in names:
            raise FileProblem(
                "unknown", _UNKNOWN.format(path=_join(path, shorten(key)), names=", ".join(sorted(names)))
            )
    values = {key: from_plain(hints[key], value, _join(path, key)) for key, value in plain.items()}
    try:
        return kind(**values) if base is None else dataclasses.replace(base, **values)
    except Problem as problem:
        raise _at(path, problem) from None


def from_plain(hint: Any, value: Any, path: str) -> Any:
    """`value` as an instance of `hint`; raises `FileProblem` that names `path`."""
    if get_origin(hint) in (Union, types.UnionType):
        (inner,) = (a for a in get_args(hint) if a is not type(None))
        return None if value is None else from_plain(inner, value, path)
    if get_origin(hint) is tuple and _is_entry(get_args(hint)[0]):
        return tuple(from_plain(get_args(hint)[0], item, f"{path}[{i}]") for i, item in enumerate(_items(value, path)))
    if _is_entry(hint):
        return _entry(hint, value, path)
    if hint is Text:
        return _text(value, path)
    return _scalar(hint, value, path)


def _entry(base: type[Entry], value: Any, path: str) -> Entry:
    if not isinstance(value, Mapping) or not isinstance(value.get("id"), str):
        raise FileProblem("type", _NO_ID.format(path=path))
    try:
        kind = registry_of(base)[value["id"]]
    except Problem as problem:
        raise _at(path, problem, "unknown") from None
    entry: Entry = build(kind, {k: v for k, v in value.items() if k != "id"}, path)
    return entry


def _text(value: Any, path: str) -> Text:
    found = {"en": value, "ja": value} if isinstance(value, str) else value
    both = _scalar(dict[str, str], found, path)
    if both.keys() != {"en", "ja"}:
        raise FileProblem("type", _TWO_LANGUAGES.format(path=path))
    return Text(**{language: _scalar(str, words, path) for language, words in both.items()})


def _scalar(hint: Any, value: Any, path: str) -> Any:
    try:
        found = msgspec.convert(value, hint)
    except (msgspec.ValidationError, RecursionError) as error:
        raise FileProblem("type", _WRONG.format(path=path, why=str(error))) from None
    if isinstance(found, str) and len(found) > MAX_WORDS:
        raise FileProblem("too-long", _TOO_LONG.format(path=path, limit=MAX_WORDS))
    return found


def _items(value: Any, path: str) -> list[Any]:
    if not isinstance(value, list):
        raise FileProblem("type", _WRONG.format(path=path, why="Expected `array`"))
    if len(value) > MAX_ITEMS:
        raise FileProblem("too-long", _TOO_LONG.format(path=path, limit=MAX_ITEMS))
    return value


def _hints(kind: type[Entry]) -> dict[str, Any]:
    if kind not in _known_hints:
        _known_hints[kind] = get_type_hints(kind)
    return _known_hints[kind]


_known_hints: dict[type[Entry], dict[str, Any]] = {}


def _is_entry(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Entry)


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _at(path: str, problem: Problem, code: str = "value") -> FileProblem:
    if isinstance(problem, FileProblem):
        return problem
    return FileProblem(code, problem.text.map(lambda words: f"{path}: {words}" if path else words))


_UNKNOWN = Text(
    "{path} is not known here; the names are: {names}.", "{path} という項目はありません。使える名前: {names}"
)
_NO_ID = Text(
    '{path} needs an "id" that says which one it is, as in {{"id": "dense"}}.',
    '{path} には、どれかを示す "id" が必要です。例: {{"id": "dense"}}',
)
_TWO_LANGUAGES = Text(
    '{path} is either one text, or {{"en": ..., "ja": ...}}.',
    '{path} は 1 つの文字列か {{"en": ..., "ja": ...}} にしてください。',
)
_WRONG = Text("{path} has a wrong type or value: {why}.", "{path} の型か値が正しくありません（{why}）。")
_TOO_LONG = Text(
    "{path} is too long; at most {limit} are allowed.", "{path} が長すぎます。{limit} までにしてください。"
)
