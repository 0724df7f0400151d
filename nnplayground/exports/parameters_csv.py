"""All parameters as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nnplayground.exports import Export, Material, exports
from nnplayground.exports._csv import table
from nnplayground.text import Text


@exports.register
@dataclass(frozen=True)
class ParametersCsv(Export):
    """One row for each number."""

    id = "parameters-csv"
    label = Text("Parameters as CSV", "パラメータ（CSV）")
    help = Text(
        "Every weight and bias in a row of its own: layer, name, place, value.",
        "重みとバイアスを 1 行に 1 つずつ、層・名前・位置・値で書き出します。",
    )
    order = 70
    suffix = ".csv"
    ending = "-parameters"

    def write(self, material: Material) -> bytes:
        return table(_rows(material))


def _rows(material: Material) -> Iterator[tuple[object, ...]]:
    yield "layer", "name", "row", "column", "value"
    for number, views in enumerate(material.network.views(material.parameters), 1):
        for name, view in views.items():
            flat = view.reshape(len(view), -1)
            for (row, column), value in np.ndenumerate(flat):
                yield (
                    number,
                    name,
                    row + 1,
                    column + 1 if flat.shape[1] > 1 or view.ndim > 1 else "",
                    float(value),
                )
