"""What one parameter of a network is called."""

from __future__ import annotations

from nnplayground.engine.network import Network
from nnplayground.text import Text
from nnplayground.training.inspection.gradient_bars import Bar, bar_of

WEIGHT = Text("Layer {layer}: weight from {source} to {unit}", "第 {layer} 層: {source} から {unit} への重み")
BIAS = Text("Layer {layer}: bias of {unit}", "第 {layer} 層: {unit} のバイアス")
OTHER = Text("Layer {layer}: {name} {place}", "第 {layer} 層: {name} {place}")


def bar_name(bar: Bar) -> Text:
    """Everything is counted from 1."""
    numbers = [i + 1 for i in bar.index]
    if bar.name == "W" and len(numbers) == 2:
        return WEIGHT.format(layer=bar.layer + 1, unit=numbers[0], source=numbers[1])
    if bar.name == "b" and len(numbers) == 1:
        return BIAS.format(layer=bar.layer + 1, unit=numbers[0])
    return OTHER.format(layer=bar.layer + 1, name=bar.name, place=", ".join(map(str, numbers)))


def parameter_name(network: Network, index: int) -> Text:
    """The name of parameter `index` of the flat vector."""
    return bar_name(bar_of(network, index))
