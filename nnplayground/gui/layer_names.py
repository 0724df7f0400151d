"""What a layer is called in a list."""

from __future__ import annotations

from nnplayground.engine.layers import Layer
from nnplayground.text import Text

NTH = Text("Layer {n}: {label}", "第 {n} 層: {label}")


def kind_of(layer: Layer) -> Text:
    """What tells it best from others: its activation if it has one."""
    return layer.label if layer.activation.id == "identity" else layer.activation.label


def layer_name(index: int, layer: Layer) -> Text:
    """Number and kind of layer `index`, which counts from 0."""
    return NTH.format(n=index + 1, label=kind_of(layer))


def row_name(index: int, layer: Layer) -> Text:
    """The same where there is little room."""
    return kind_of(layer).map(lambda words: f"{index + 1} {words}")
