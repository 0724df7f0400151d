"""The ready-made experiments of resources/experiments, in the order of their menu."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nnplayground import resources
from nnplayground.data.files import FileProblem, read_bytes
from nnplayground.storage.experiment_file import MAX_BYTES, read
from nnplayground.storage.parsing import parse_object, shorten
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment

ORDER = ("digits", "digits-cnn", "mnist", "mnist-cnn", "three-classes", "circle", "xor", "spiral", "forward-pass")
"""These first; others follow by name."""


def names() -> tuple[str, ...]:
    """The names, which are also those of the files."""
    found = {path.stem for path in resources.path("experiments").glob("*.json")}
    return (*(name for name in ORDER if name in found), *sorted(found.difference(ORDER)))


@dataclass(frozen=True)
class Summary:
    """What a menu shows of a ready-made experiment."""

    name: str
    title: Text
    description: Text


@cache
def summaries() -> tuple[Summary, ...]:
    """All of them, without building what they describe; one that cannot be read is left out."""
    found = []
    for name in names():
        try:
            plain = parse_object(read_bytes(_path(name), MAX_BYTES), name)
            found.append(Summary(name, Text(**plain["title"]), Text(**plain["description"])))
        except (FileProblem, KeyError, TypeError):
            continue
    return tuple(found)


@cache
def load(name: str) -> Experiment:
    """The ready-made experiment `name`; raises `FileProblem` if there is none."""
    if name not in names():
        raise FileProblem("unknown", _UNKNOWN.format(name=shorten(name), names=", ".join(names())))
    return read(_path(name)).replace(name=name)


def _path(name: str) -> Path:
    return resources.path("experiments", name + ".json")


def load_all() -> tuple[Experiment, ...]:
    """All of them; one that cannot be read is left out, so that the others are there."""
    found = []
    for name in names():
        try:
            found.append(load(name))
        except FileProblem:
            continue
    return tuple(found)


_UNKNOWN = Text(
    "There is no experiment called {name}. There are: {names}.",
    "{name} という実験はありません。使えるもの: {names}",
)
