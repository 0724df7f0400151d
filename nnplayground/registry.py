"""One new idea is one new file: a folder's modules register their entries, and the registry finds them.

An entry is a frozen dataclass. Its fields are the options a person can set (see `option`), so one
declaration serves the code, the form in the window, the file format and the command line.
"""

from __future__ import annotations

import dataclasses
import importlib
import math
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, Self, TypeVar, get_origin, get_type_hints

from nnplayground.text import Problem, Text

T = TypeVar("T", bound="Entry")

_PLAIN: dict[Any, Any] = {"int": int, "float": float, "bool": bool, "str": str, "tuple[float, ...]": tuple[float, ...]}


@dataclass(frozen=True)
class Option:
    """What is known of one field of an entry: its words, its bounds, and when a change takes effect."""

    name: str
    type: Any
    default: Any
    label: Text
    help: Text | None = None
    low: float | None = None
    high: float | None = None
    log: bool = False
    choices: tuple[str, ...] | None = None
    live: bool = False
    """Takes effect on the running network; otherwise a change rebuilds it."""
    names: tuple[Text, ...] = ()
    """How `choices` are shown, where not as they are written."""
    examples: tuple[str, ...] = ()
    """Values of a free text to choose from."""
    order: int = 0
    """Place among the options of the entry; those with the same come as the fields do."""
    formula: str = ""
    """In plain Unicode, where there is one."""
    try_it: Text | None = None
    """What to do with it to see what it is for; one sentence."""

    @property
    def named_choices(self) -> tuple[tuple[str, Text], ...]:
        """Each choice with how it is shown."""
        choices = self.choices or ()
        return tuple(zip(choices, self.names or map(Text.same, choices), strict=True))

    @property
    def is_several(self) -> bool:
        """Whether the value is a tuple of one or more of `choices`."""
        return get_origin(self.type) is tuple and self.choices is not None

    @property
    def is_numbers(self) -> bool:
        """Whether the value is a tuple of any number of numbers."""
        return get_origin(self.type) is tuple and self.choices is None

    def check(self, owner: Text, value: Any) -> None:
        """Raise `Problem` unless `value` has the right type and lies within the bounds."""
        if self.type in (int, float):
            self._check_number(owner, value)
        elif self.is_numbers and not (isinstance(value, tuple) and all(type(n) in (int, float) for n in value)):
            raise self._problem(owner, value, Text("numbers", "数"))
        elif self.type is bool and not isinstance(value, bool):
            raise self._problem(owner, value, Text("true or false", "true か false"))
        elif self.choices is not None and not (self._are_choices(value) if self.is_several else value in self.choices):
            some = Text("one or more of", "次から 1 つ以上") if self.is_several else Text.same("")
            raise self._problem(owner, value, some.map(lambda words: f"{words} {_listed(self.choices)}".strip()))

    def _are_choices(self, value: Any) -> bool:
        known = isinstance(value, tuple) and all(isinstance(v, str) and v in (self.choices or ()) for v in value)
        return known and len(value) > 0 and len(set(value)) == len(value)

    def _check_number(self, owner: Text, value: Any) -> None:
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        whole = number and (self.type is float or float(value).is_integer())
        low = -math.inf if self.low is None else self.low
        high = math.inf if self.high is None else self.high
        if not (whole and math.isfinite(value) and low <= value <= high):
            kind = Text("a whole number", "整数") if self.type is int else Text("a number", "数")
            raise self._problem(
                owner, value,
                Text("{kind} from {low:g} to {high:g}", "{low:g} から {high:g} までの{kind}").format(
                    kind=kind, low=low, high=high
                ),
            )  # fmt: skip

    def _problem(self, owner: Text, value: Any, wanted: Text) -> Problem:
        return Problem(
            Text(
                "{owner}: {name} is {value}; give {wanted}.",
                "{owner}: {name} が {value} です。{wanted}を指定してください。",
            ).format(owner=owner, name=self.label, value=_short(value), wanted=wanted)
        )


def _listed(choices: tuple[str, ...] | None) -> str:
    return " / ".join(choices or ())


def _short(value: object) -> str:
    words = repr(value)
    return words if len(words) <= 40 else words[:37] + "..."


def option(
    default: Any, label: Text, *, help: Text | None = None, low: float | None = None, high: float | None = None,
    log: bool = False, choices: tuple[str, ...] | None = None, live: bool = False, names: tuple[Text, ...] = (),
    examples: tuple[str, ...] = (), order: int = 0, formula: str = "", try_it: Text | None = None,
) -> Any:  # fmt: skip
    """A dataclass field that a person can set."""
    known = {
        "label": label, "help": help, "low": low, "high": high, "log": log, "choices": choices, "live": live,
        "names": names, "examples": examples, "order": order, "formula": formula, "try_it": try_it,
    }  # fmt: skip
    return field(default=default, metadata={"option": known})


@dataclass(frozen=True)
class Entry:
    """A registered idea: a value with an id, words in both languages, and options.

    One with options of its own is a `@dataclass(frozen=True)`; one without is a plain subclass, which is made faster.
    """

    id: ClassVar[str]
    label: ClassVar[Text]
    help: ClassVar[Text] = Text("", "")
    """One plain sentence for the explanation card."""
    formula: ClassVar[str] = ""
    """In plain Unicode, as it is written on paper."""
    try_it: ClassVar[Text] = Text("", "")
    """One sentence: what to do with it to see what it is for."""
    order: ClassVar[int] = 100
    """Place in menus; smaller comes first."""

    def __post_init__(self) -> None:
        for known in self.options():
            value = getattr(self, known.name)
            known.check(self.label, value)
            if known.type in (int, float):
                object.__setattr__(self, known.name, known.type(value))

    @classmethod
    def options(cls) -> tuple[Option, ...]:
        """The options of this class, by their `order` and in the order of its fields."""
        found = cls.__dict__.get("_options")
        if found is None:
            declared = [f for f in fields(cls) if "option" in f.metadata]
            plain = all(f.type in _PLAIN for f in declared)  # looking names up costs much of the way to the window
            types = {f.name: _PLAIN[str(f.type)] for f in declared} if plain else get_type_hints(cls)
            made = [Option(f.name, types[f.name], f.default, **f.metadata["option"]) for f in declared]
            found = tuple(sorted(made, key=lambda option: option.order))
            cls._options = found  # type: ignore[attr-defined]
        return found

    def replace(self, **changes: Any) -> Self:
        """A copy with some options changed; raises `Problem` when a value is out of bounds."""
        return dataclasses.replace(self, **changes)


class Registry(Mapping[str, type[T]]):
    """The entries of one folder, by id; its modules are imported when the first entry is asked for."""

    def __init__(self, label: Text, package: str) -> None:
        self.label = label
        self.package = package
        self._entries: dict[str, type[T]] = {}
        self._found = False
        _registries[package] = self

    def register(self, entry: type[T]) -> type[T]:
        """Class decorator: put `entry` on the list."""
        if entry.id in self._entries:
            raise ValueError(f"{self.package}: {entry.id} is registered twice")
        self._entries[entry.id] = entry
        return entry

    def modules(self) -> list[str]:
        """Names of the modules in the folder that hold entries (those with a leading underscore do not)."""
        path = importlib.import_module(self.package).__path__
        return sorted(m.name for m in pkgutil.iter_modules(path) if not m.name.startswith("_"))

    def discover(self) -> dict[str, type[T]]:
        """The entries by id, in the order of menus; imports the modules of the folder."""
        if not self._found:
            self._found = True
            for name in self.modules():
                importlib.import_module(f"{self.package}.{name}")
            self._entries = dict(sorted(self._entries.items(), key=lambda kv: (kv[1].order, kv[0])))
        return self._entries

    def __getitem__(self, id: str) -> type[T]:
        entries = self.discover()
        if id not in entries:
            raise Problem(
                Text(
                    "{kind}: there is no {id}. There are: {ids}.", "{kind}: {id} はありません。使えるもの: {ids}"
                ).format(kind=self.label, id=_short(id), ids=", ".join(entries))
            )
        return entries[id]

    def __contains__(self, id: object) -> bool:
        return id in self.discover()

    def __iter__(self) -> Iterator[str]:
        return iter(self.discover())

    def __len__(self) -> int:
        return len(self.discover())


_registries: dict[str, Registry[Any]] = {}


def registry_of(base: type[Entry]) -> Registry[Any]:
    """The registry of the folder in which `base`, the class of all its entries, is defined."""
    return _registries[base.__module__]
