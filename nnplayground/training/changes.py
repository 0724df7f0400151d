"""What a person changed between two experiments, in words: for marks on curves and the names of undo steps."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from nnplayground.registry import Entry
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment

WORDS = {
    "dataset": Text("data", "データ"),
    "layers": Text("layers", "層"),
    "loss": Text("loss", "損失関数"),
    "initializer": Text("initial weights", "重みの初期値"),
    "optimizer": Text("optimizer", "最適化手法"),
    "augment": Text("augmentation", "データ拡張"),
    "schedule": Text("schedule", "学習率スケジュール"),
    "weights": Text("trained parameters", "学習済みパラメータ"),
    "title": Text("title", "題名"),
    "description": Text("description", "説明"),
    "name": Text("experiment", "実験"),
    "silenced": Text("silenced units", "休止ユニット"),
    "frozen": Text("frozen parameters", "固定パラメータ"),
}


def describe(old: Experiment, new: Experiment) -> list[Text]:
    """One short sentence for each setting that differs."""
    options = {o.name: o for o in Experiment.options()}
    found = []
    for field in fields(Experiment):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before != after:
            label = options[field.name].label if field.name in options else WORDS.get(field.name, Text.same(field.name))
            found.append(_changed(label, before, after))
    return found


def _changed(label: Text, before: Any, after: Any) -> Text:
    if isinstance(after, Entry) and isinstance(before, Entry):
        if type(after) is not type(before):
            return Text("{label}: {after}", "{label}: {after}").format(label=label, after=after.label)
        inner = [o for o in after.options() if getattr(after, o.name) != getattr(before, o.name)]
        if inner:
            return _changed(inner[0].label, getattr(before, inner[0].name), getattr(after, inner[0].name))
    if isinstance(after, (int, float)):
        return Text("{label} {before:g} → {after:g}", "{label} {before:g} → {after:g}").format(
            label=label, before=before, after=after
        )
    return label
