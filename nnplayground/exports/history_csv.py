"""The course of the training as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nnplayground.exports import Export, Material, exports
from nnplayground.exports._csv import table
from nnplayground.text import Text


@exports.register
@dataclass(frozen=True)
class HistoryCsv(Export):
    """One row for each evaluation."""

    id = "history-csv"
    label = Text("Training history as CSV", "学習の履歴（CSV）")
    help = Text(
        "Losses and accuracies on both sides of the split, and the settings that were changed on the way.",
        "訓練データとテストデータの損失・精度と、途中で変えた設定を書き出します。",
    )
    order = 80
    suffix = ".csv"
    ending = "-history"

    def write(self, material: Material) -> bytes:
        return table(_rows(material))


def _rows(material: Material) -> Iterator[tuple[object, ...]]:
    curves = material.curves
    yield "step", "train_loss", "train_accuracy", "test_loss", "test_accuracy", "batch_loss", "change"
    known: dict[float, list[object]] = {}
    for e in curves.evaluations:
        row = (e.train_loss, e.train_accuracy, e.test_loss, e.test_accuracy)
        known.setdefault(e.step, [""] * 6)[:4] = ["" if value is None else value for value in row]
    for step, loss in zip(curves.steps.tolist(), curves.mean.tolist(), strict=True):
        known.setdefault(step, [""] * 6)[4] = loss
    for mark in curves.marks:
        row_of_mark = known.setdefault(mark.step, [""] * 6)
        row_of_mark[5] = "; ".join(filter(None, [str(row_of_mark[5]), mark.text.in_(material.language)]))
    for step in sorted(known):
        yield (int(step) if float(step).is_integer() else step, *known[step])
