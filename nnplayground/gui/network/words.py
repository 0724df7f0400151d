"""The formula of a unit with the numbers of one sample, as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnplayground.engine.activations import Activation
from nnplayground.engine.arrays import Array
from nnplayground.gui.numbers import write
from nnplayground.text import Text

MOST = 6
"""Products that are written out; of more of them those that count most."""
SUM = "u = {terms} + {bias} = {u}"
OTHERS = Text("… {n} more", "… ほか {n} 項")


@dataclass(frozen=True, eq=False)
class UnitNumbers:
    """One unit for one sample: `inputs` (n,) times `weights` (n,), plus `bias`, make the sum `u`, and that the output `a`."""

    inputs: Array
    weights: Array
    bias: float
    u: float
    a: float
    activation: Activation
    names: Sequence[str] = ()
    """What the inputs are called."""


def lines(numbers: UnitNumbers) -> list[Text]:
    """The formula, line by line."""
    products = np.asarray(numbers.weights, np.float64) * numbers.inputs
    shown = sorted(np.argsort(-np.abs(products), kind="stable")[:MOST].tolist())
    found = [
        Text.same(f"{_signed(float(numbers.weights[i]))} × {short(float(numbers.inputs[i]))}{_name(numbers, i)}")
        for i in shown
    ]
    rest = len(products) - len(shown)
    if rest:
        others = float(products.sum() - products[shown].sum())
        found.append(OTHERS.format(n=f"{rest:,}").map(lambda words: f"{_signed(others)}  ({words})"))
    bias = Text("bias", "バイアス").map(lambda words: f"{_signed(numbers.bias)}  ({words})")
    return [Text.same("u ="), *found, bias, Text.same(f"= {short(numbers.u)}"), *_output(numbers)]


def _output(numbers: UnitNumbers) -> list[Text]:
    if numbers.activation.id == "identity":
        return [Text.same(f"a = u = {short(numbers.a)}")]
    name = Text("f: {label}", "f: {label}").format(label=numbers.activation.label)
    return [Text.same(f"a = f(u) = {short(numbers.a)}"), name]


def _name(numbers: UnitNumbers, place: int) -> str:
    return f"  ({numbers.names[place]})" if place < len(numbers.names) else ""


def _signed(value: float) -> str:
    return ("− " if value < 0 else "+ ") + short(abs(value))


def short(value: float) -> str:
    """Three digits that matter, with a true minus sign."""
    return write(float(f"{value:.3g}")).replace("-", "−")
