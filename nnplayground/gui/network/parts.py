"""What can be pointed at in the picture, and how it is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nnplayground.text import Text

Kind = Literal["unit", "weight", "bundle", "bias", "input", "layer"]
INPUT_LAYER = -1


@dataclass(frozen=True)
class Part:
    """One part; a "bundle" is a link that stands for several weights. `unit` is counted in its layer, `source` among the layer's inputs (a weight only).

    `feature` is the id of an input that can be switched on and off; `unit` is -1 while it is off.
    """

    kind: Kind
    layer: int
    unit: int = -1
    source: int = -1
    feature: str = ""


UNIT = Text("Layer {layer}, unit {unit}", "第 {layer} 層 ユニット {unit}")
LAYER = Text("Layer {layer}: {kind}", "第 {layer} 層: {kind}")
INPUT = Text("Input {name}", "入力 {name}")


def unit_words(layer: int, unit: int) -> Text:
    """ "Layer 1, unit 3" for indices that begin at 0."""
    return UNIT.format(layer=layer + 1, unit=unit + 1)


def low(number: int) -> str:
    """Digits below the line, as in x₁."""
    return str(number).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))
