"""The ready-made experiments of resources/experiments, in the order of their menu."""

from __future__ import annotations

from functools import cache

from nnplayground import resources
from nnplayground.data.files import FileProblem
from nnplayground.storage.experiment_file import read
from nnplayground.storage.parsing import shorten
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment

ORDER = ("digits", "digits-cnn", "three-classes", "circle", "xor", "spiral", "forward-pass")
"""These first; others follow by name."""


def names() -> tuple[str, ...]:
    """The names, which are also those of the files."""
    found = {path.stem for path in resources.path("experiments").glob("*.json")}
    return (*(name for name in ORDER if name in found), *sorted(found.difference(ORDER)))


@cache
def load(name: str) -> Experiment:
    """The ready-made experiment `name`; raises `FileProblem` if there is none."""
    if name not in names():
        raise FileProblem("unknown", _UNKNOWN.format(name=shorten(name), names=", ".join(names())))
    return read(resources.path("experiments", name + ".json")).replace(name=name)


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
