"""What the list says of each layer: its shape, its parameters, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from nnplayground.engine.arrays import Shape
from nnplayground.engine.layers import Layer, shape_words
from nnplayground.gui.designer.edits import has_activation, size_option
from nnplayground.text import Problem, Text, listed
from nnplayground.training.experiment import Experiment, advice


@dataclass(frozen=True)
class Row:
    """One layer. Shape and parameter count are None after a layer that cannot work."""

    layer: Layer
    output_shape: Shape | None
    parameters: int | None
    problem: Text | None = None
    """Why the network cannot work, or advice against it."""
    works: bool = True

    @property
    def facts(self) -> str:
        """Output shape and parameter count, as they stand in their columns."""
        if self.output_shape is None or self.parameters is None:
            return "–"
        shape = shape_words(self.output_shape)
        return f"{shape}  ·  {self.parameters:,}" if self.parameters else shape

    @property
    def spoken(self) -> Text:
        """The whole row in words, for screen readers and the tool tip."""
        parts = [self.layer.label]
        number = size_option(self.layer)
        if number is not None:
            parts.append(number.label.map(lambda name: f"{name} {getattr(self.layer, number.name):g}"))
        if has_activation(self.layer):
            parts.append(self.layer.activation.label)
        if self.output_shape is not None and self.parameters is not None:
            shape, count = shape_words(self.output_shape), f"{self.parameters:,}"
            parts.append(Text("output {0}", "出力 {0}").map(lambda words: words.format(shape)))
            parts.append(Text("{0} parameters", "パラメータ {0} 個").map(lambda words: words.format(count)))
        if self.problem is not None:
            parts.append(self.problem)
        return listed(parts)


advice_on = lru_cache(maxsize=8)(advice)
"""The advice, asked by several controls about the same experiment."""


def rows(experiment: Experiment) -> list[Row]:
    """One row per layer; what concerns the whole network stands at the last layer."""
    found: list[Row] = []
    shape: Shape | None = experiment.dataset.input_shape
    for layer in experiment.layers:
        row = _row(layer, shape)
        found.append(row)
        shape = row.output_shape
    if found and shape is not None:
        sentences = [sentence for control, sentence in advice_on(experiment) if control == "layers"]
        if sentences:
            found[-1] = replace(found[-1], problem=sentences[0], works=_works(experiment))
    return found


def _row(layer: Layer, before: Shape | None) -> Row:
    if before is None:
        return Row(layer, None, None)
    try:
        after = layer.output_shape(before)
    except Problem as problem:
        return Row(layer, None, None, problem.text, works=False)
    blocks = (*layer.blocks(before), *layer.activation.blocks(after))
    return Row(layer, after, sum(b.size for b in blocks if b.trainable))


def _works(experiment: Experiment) -> bool:
    try:
        experiment.network()
    except Problem:
        return False
    return True


def total_parameters(found: list[Row]) -> int | None:
    """Parameters of the whole network, or None if it cannot work."""
    if not found or any(row.parameters is None for row in found):
        return None
    return sum(row.parameters or 0 for row in found)
