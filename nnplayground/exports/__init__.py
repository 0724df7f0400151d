"""Ways out: what an experiment can be written as for others, one a file. No Qt in here."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from nnplayground.engine.arrays import Array
from nnplayground.engine.network import Network
from nnplayground.registry import Entry, Registry
from nnplayground.text import Problem, Text, one_line
from nnplayground.training.experiment import Experiment
from nnplayground.training.history import Curves, History


@dataclass(frozen=True, eq=False)
class Material:
    """What there is to write: `parameters` is the flat vector of the experiment's network."""

    experiment: Experiment
    parameters: Array
    curves: Curves = field(default_factory=lambda: History().curves())
    language: str = "en"
    """Of comments and headings."""
    file: str = ""
    """The experiment's own file, with its folder; empty if there is none."""

    @cached_property
    def network(self) -> Network:
        return self.experiment.network()

    @property
    def title(self) -> str:
        """In one line."""
        return one_line(self.experiment.title.in_(self.language))


class Export(Entry):
    """One kind of file."""

    suffix: ClassVar[str]
    """Of the file's name, with its dot; the same for several kinds if `ending` tells them apart."""
    ending: ClassVar[str] = ""
    """What the name of the file gets before its suffix."""

    def write(self, material: Material) -> bytes:
        """The content of the file; raises `Problem` if this experiment cannot be written so."""
        raise NotImplementedError


exports: Registry[Export] = Registry(Text("Export", "書き出し"), __name__)


def for_name(name: str) -> type[Export]:
    """The kind that a file called `name` asks for by its suffix; raises `Problem`."""
    kinds = [kind for kind in exports.values() if name.lower().endswith(kind.suffix)]
    named = [kind for kind in kinds if kind.ending and name.lower().endswith(kind.ending + kind.suffix)]
    usual = [kind for kind in kinds if not kind.ending]
    if not kinds:
        endings = ", ".join(dict.fromkeys(kind.ending + kind.suffix for kind in exports.values()))
        raise Problem(_UNKNOWN.format(name=name[-40:], endings=endings))
    return (named or usual or kinds)[0]


_UNKNOWN = Text(
    "{name}: the ending says what is written; use one of {endings}.",
    "{name}: ファイル名の末尾で形式を選びます。使えるもの: {endings}",
)
