"""Units and their connections."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnplayground.engine.activations import activations
from nnplayground.gui.glossary.pictures.sheet import Point, Sheet
from nnplayground.gui.layer_report import shape_of


def places(sizes: Sequence[int]) -> list[list[Point]]:
    """Middles of the units, layer after layer, between 0 and 1."""
    across = np.linspace(0.08, 0.92, len(sizes))
    return [[(float(x), (i + 0.5) / n) for i in range(n)] for x, n in zip(across, sizes, strict=True)]


def network(sheet: Sheet, sizes: Sequence[int], chosen: Sequence[int] = (), off: Sequence[Point] = ()) -> None:
    """Layers of so many units; layers that are `chosen` in the accent, units that are `off` hollow and alone."""
    sheet.scale(0, 1, 0, 1)
    layers = places(sizes)
    for left, right in zip(layers, layers[1:], strict=False):
        for a in left:
            for b in right:
                if a not in off and b not in off:
                    sheet.line([a[0], b[0]], [a[1], b[1]], sheet.theme.border, 1.0)
    for i, layer in enumerate(layers):
        color = sheet.theme.accent if i in chosen else sheet.theme.outline
        for unit in layer:
            sheet.dots([unit], color, 5.5, hollow=unit in off)


def _forward(sheet: Sheet) -> None:
    network(sheet, (3, 4, 4, 2))
    sheet.arrow((0.1, 0.5), (0.9, 0.5), sheet.theme.accent, 3)


def _backward(sheet: Sheet) -> None:
    network(sheet, (3, 4, 4, 2))
    sheet.arrow((0.9, 0.5), (0.1, 0.5), sheet.theme.test, 3)


def _neuron(sheet: Sheet) -> None:
    """Inputs, a sum, a function."""
    _sum(sheet)
    shape = shape_of(activations["sigmoid"](), 4.0, units=3)
    sheet.line(0.72 + 0.03 * shape.u, 0.36 + 0.28 * shape.f, sheet.theme.accent, 2.0)
    sheet.arrow((0.86, 0.5), (0.99, 0.5), sheet.theme.text)


def _sum(sheet: Sheet) -> None:
    sheet.scale(0, 1, 0, 1)
    for i, y in enumerate((0.85, 0.5, 0.15)):
        sheet.arrow((0.12, y), (0.4, 0.5 + 0.15 * (y - 0.5)), sheet.theme.outline, 1.5)
        sheet.text((0.06, y), "x₁x₂x₃"[2 * i : 2 * i + 2], sheet.theme.text, 12)
        sheet.text((0.26, 0.5 + 0.75 * (y - 0.5) + 0.09), "w₁w₂w₃"[2 * i : 2 * i + 2], sheet.theme.muted, 10)
    sheet.dots([(0.47, 0.5)], sheet.theme.accent, 13)
    sheet.text((0.47, 0.5), "Σ", sheet.theme.on_accent, 15, bold=True)
    sheet.arrow((0.47, 0.05), (0.47, 0.36), sheet.theme.outline, 1.5)
    sheet.text((0.53, 0.1), "b", sheet.theme.text, 12)
    sheet.arrow((0.55, 0.5), (0.64, 0.5), sheet.theme.text)


def _weight(sheet: Sheet) -> None:
    """Strong and weak ones of both signs."""
    sheet.scale(0, 1, 0, 1)
    for i, weight in enumerate((2.5, 0.6, -0.4, -2.0)):
        y = 0.87 - 0.25 * i
        color = sheet.theme.positive if weight > 0 else sheet.theme.negative
        sheet.line([0.12, 0.72], [y, y], color, 1 + 2.5 * abs(weight))
        sheet.dots([(0.12, y), (0.72, y)], sheet.theme.outline, 5)
        sheet.text((0.87, y), f"{weight:+g}".replace("-", "−"), sheet.theme.text, 12)


def _bias(sheet: Sheet) -> None:
    """The same curve, moved."""
    shape = shape_of(activations["sigmoid"](), 4.0, units=3)
    sheet.scale(-4, 4, -0.1, 1.1)
    sheet.axes()
    for bias, dashed in ((0.0, True), (2.0, False)):
        sheet.line(shape.u - bias, shape.f, sheet.theme.accent, 1.4 if dashed else 2.2, dashed)
    sheet.arrow((0.0, 0.5), (-1.9, 0.5), sheet.theme.test)


def _parameter(sheet: Sheet) -> None:
    network(sheet, (2, 3, 1))
    for i, (a, b) in enumerate(zip(places((2, 3, 1))[0] * 3, places((2, 3, 1))[1] * 2, strict=True)):
        color = sheet.theme.positive if i % 3 else sheet.theme.negative
        sheet.line([a[0], b[0]], [a[1], b[1]], color, 1 + i % 4)
    network_units = [unit for layer in places((2, 3, 1)) for unit in layer]
    sheet.dots(network_units, sheet.theme.outline, 5.5)


def dropout(sheet: Sheet) -> None:
    """Some units are away."""
    layers = places((3, 5, 5, 2))
    network(sheet, (3, 5, 5, 2), chosen=(1, 2), off=(layers[1][1], layers[1][4], layers[2][0], layers[2][3]))


def _vanishing(sheet: Sheet) -> None:
    """Each sigmoid layer leaves at most a quarter."""
    sizes = 0.45 ** np.arange(7)[::-1]
    sheet.scale(0, 7, 0, 1.05)
    sheet.bars(sizes, sheet.theme.test)
    sheet.arrow((6.4, 1.0), (0.4, 1.0), sheet.theme.muted, 1.2)


def _convolutional(sheet: Sheet) -> None:
    """Images get smaller and more."""
    sheet.scale(0, 1, 0, 1)
    for x, side, many in ((0.05, 0.62, 1), (0.34, 0.46, 3), (0.62, 0.28, 5)):
        for i in range(many):
            at = x + 0.02 * i, 0.5 - side / 2 + 0.035 * i
            sheet.box(*at, side * 0.45, side, sheet.theme.surface, sheet.theme.accent, 1.3)
    for y in np.linspace(0.15, 0.85, 5):
        sheet.dots([(0.93, float(y))], sheet.theme.outline, 4)


WORDS = {
    "neural network": lambda sheet: network(sheet, (3, 4, 2)),
    "deep learning": lambda sheet: network(sheet, (3, 4, 4, 4, 4, 2)),
    "hidden layer": lambda sheet: network(sheet, (3, 4, 2), chosen=(1,)),
    "fully connected layer": lambda sheet: network(sheet, (4, 4)),
    "forward propagation": _forward,
    "backpropagation": _backward,
    "neuron, unit": _neuron,
    "weighted input sum": _sum,
    "weight": _weight,
    "bias": _bias,
    "parameter": _parameter,
    "dropout": dropout,
    "vanishing gradient": _vanishing,
    "convolutional network (CNN)": _convolutional,
}
