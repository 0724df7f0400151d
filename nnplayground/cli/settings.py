"""What `--set KEY=VALUE` changes: the settings of an experiment by the names that its file has for them."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from typing import Any

from nnplayground.registry import Entry
from nnplayground.storage.parsing import shorten
from nnplayground.storage.values import build
from nnplayground.text import Problem, Text
from nnplayground.training.experiment import Experiment

PARTS = ("dataset", "optimizer")
"""Where a key is looked for, in this order, after the experiment itself; then in its other parts."""


def apply(experiment: Experiment, changes: Iterable[str]) -> Experiment:
    """The experiment with each KEY=VALUE done, in order; raises `Problem`."""
    for change in changes:
        key, equals, value = change.partition("=")
        if not equals or not key:
            raise Problem(_NO_VALUE.format(change=shorten(change)))
        experiment = _set(experiment, key.strip(), _value(value.strip()))
    return experiment


def _value(words: str) -> Any:
    """A number, true or false as JSON writes them; anything else is a name."""
    try:
        found = json.loads(words, parse_constant=str)
    except (ValueError, RecursionError):
        return words
    return found if isinstance(found, (int, float, bool)) else words


def _set(experiment: Experiment, key: str, value: Any) -> Experiment:
    part, dot, name = key.partition(".")
    if any(o.name == key and o.is_numbers for o in experiment.options()):
        value = [_value(word) for word in str(value).replace(",", " ").split()]
    if dot and part in _parts(experiment):
        return _in_part(experiment, part, name, value)
    if key == "activation":
        return _set_activation(experiment, value)
    if key in _names(experiment):
        if key == "augment" and isinstance(value, bool):
            value = "images" if value else "none"
        chosen = {"id": value} if key in _parts(experiment) else value
        return build(Experiment, {key: chosen}, base=experiment)
    for part in _parts(experiment):
        if key in _names(getattr(experiment, part)):
            return _in_part(experiment, part, key, value)
    raise Problem(_UNKNOWN.format(key=shorten(key), keys=", ".join(keys(experiment))))


def _in_part(experiment: Experiment, part: str, name: str, value: Any) -> Experiment:
    entry = getattr(experiment, part)
    if isinstance(value, str) and any(o.is_several for o in entry.options() if o.name == name):
        value = [word.strip() for word in value.split(",")]
    return experiment.replace(**{part: build(type(entry), {name: value}, part, entry)})


def _set_activation(experiment: Experiment, value: Any) -> Experiment:
    """Every layer but the last that has an activation to choose gets this one."""
    *hidden, last = experiment.layers
    changed = [
        build(type(layer), {"activation": {"id": value}}, "layers", layer) if "activation" in _names(layer) else layer
        for layer in hidden
    ]
    return experiment.replace(layers=(*changed, last))


def keys(experiment: Experiment) -> list[str]:
    """All keys that this experiment has."""
    found = [name for name in _names(experiment) if name not in _NOT_SETTINGS]
    for part in _parts(experiment):
        found += [name for name in _names(getattr(experiment, part)) if name not in found]
    return [*found, "activation"]


def _parts(experiment: Experiment) -> list[str]:
    """Names of the fields that are entries with options of their own."""
    found = [f.name for f in dataclasses.fields(experiment) if isinstance(getattr(experiment, f.name), Entry)]
    return sorted(found, key=lambda name: PARTS.index(name) if name in PARTS else len(PARTS))


def _names(entry: Entry) -> list[str]:
    return [f.name for f in dataclasses.fields(entry)]


_NOT_SETTINGS = ("name", "title", "description", "layers")
_NO_VALUE = Text(
    "--set {change}: give a name and a value, as in --set learning_rate=0.1.",
    "--set {change}: 「名前=値」の形で指定してください。例: --set learning_rate=0.1",
)
_UNKNOWN = Text(
    "--set {key}: there is no such setting. There are: {keys}.", "--set {key}: この設定はありません。使えるもの: {keys}"
)
