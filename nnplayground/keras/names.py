"""Finding what a string or an object means, and writing objects down as Python source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np

from nnplayground.keras.problems import made, refuse
from nnplayground.registry import Entry
from nnplayground.storage.values import build
from nnplayground.text import Text

T = TypeVar("T")
E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Kind(Generic[T]):
    """One kind of thing that Keras names by strings or objects."""

    what: Text
    module: str
    base: type[T]
    names: Mapping[str, Callable[[], T]]
    registry: Mapping[str, Callable[[], Any]]
    """Entries of the engine, whose ids are names too."""
    of: Callable[[Any], T]
    """From an entry of the engine."""

    def get(self, identifier: object) -> T:
        """The thing meant by a name, a class, or an object."""
        if isinstance(identifier, type) and issubclass(identifier, self.base):
            return identifier()
        if isinstance(identifier, self.base):
            return identifier
        if not isinstance(identifier, str):
            raise refuse(
                "{what}: give a name such as {example!r} or an object of `{module}`, not {given!r}.",
                "{what}: {example!r} のような名前か {module} のオブジェクトで指定してください（{given!r} は使えません）。",
                what=self.what, example=next(iter(self.names)), module=self.module, given=identifier,
            )  # fmt: skip
        made = self.names.get(identifier) or self.names.get(identifier.lower())
        if made is not None:
            return made()
        if identifier in self.registry:
            return self.of(self.registry[identifier]())
        raise refuse(
            "{what}: there is no {name!r}. There are: {names}.", "{what}: {name!r} はありません。使えるもの: {names}",
            what=self.what, name=identifier, names=", ".join(sorted({*self.names, *self.registry})),
        )  # fmt: skip


def entry_of(registry: Mapping[str, type[E]], id: str, options: Mapping[str, Any]) -> E:
    """The entry `id` with options as files spell them (lists, nested {"id": ...}); raises `InputProblem`."""
    return made(lambda: build(registry[id], {name: plain(value) for name, value in options.items()}))


def plain(value: Any) -> Any:
    """A number of NumPy as Python's; others as they are."""
    return value.item() if isinstance(value, np.generic) else value


def code_of(call: str, arguments: Mapping[str, Any], *first: Any) -> str:
    """A call as Python source: `optimizers.SGD(learning_rate=0.1)`; `first` are without names."""
    words = [source(value) for value in first] + [f"{name}={source(value)}" for name, value in arguments.items()]
    return f"{call}({', '.join(words)})"


def source(value: Any) -> str:
    """A value as Python source; an object of this package tells its own."""
    if hasattr(value, "code"):
        code: str = value.code()
        return code
    value = plain(value)
    simple = isinstance(value, str) and value.isprintable() and not set(value) & {'"', "\\"}
    return f'"{value}"' if simple else repr(value)


def changed_options(entry: Entry) -> dict[str, Any]:
    """The options of `entry` that are not as they are by default."""
    found = {o.name: (getattr(entry, o.name), o.default) for o in type(entry).options()}
    return {name: value for name, (value, default) in found.items() if value != default}


def custom_code(module: str, entry: Entry, means_another: bool = False) -> str:
    """Source for an entry that Keras does not have: its id if that means it, or a call of `custom`."""
    options = changed_options(entry)
    return code_of(f"{module}.custom", options, entry.id) if options or means_another else source(entry.id)
