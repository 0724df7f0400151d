"""Layers, one a file. A layer is a frozen value and keeps nothing between calls: arrays are handed to `bind`."""

from __future__ import annotations

from nnplayground.engine.activations import Activation
from nnplayground.engine.activations.identity import Identity
from nnplayground.engine.arrays import Binding, Block, Pass, Shape
from nnplayground.registry import Entry, Registry
from nnplayground.text import Problem, Text


class Layer(Entry):
    """A layer of the network; shapes leave the batch out."""

    activation: Activation = Identity()
    is_view: bool = False
    """The output is the input under another shape: arrays are shared, and `bind` is not called."""

    takes_maximum: bool = False
    """Each output is the largest of some inputs."""

    def output_shape(self, input_shape: Shape) -> Shape:
        """Shape after the layer; raises `Problem` (see `mismatch`) if the layer cannot take `input_shape`."""
        return input_shape

    def blocks(self, input_shape: Shape) -> tuple[Block, ...]:
        """The layer's arrays of parameters for inputs of `input_shape`."""
        return ()

    def scratch(self, input_shape: Shape) -> int:
        """Numbers per sample that the layer works with besides its inputs and outputs, roughly."""
        return 0

    def bind(self, b: Binding) -> tuple[Pass, Pass]:
        """Forward and backward over the arrays of one plan, made once and called for each batch."""
        raise NotImplementedError

    def mismatch(self, input_shape: Shape, wanted: Text) -> Problem:
        """The error that names the layer, what it gets and what it needs."""
        return Problem(
            Text(
                "{layer} gets {shape} but needs {wanted}.", "{layer} の入力は {shape} ですが、{wanted}が必要です。"
            ).format(layer=self.label, shape=shape_words(input_shape), wanted=wanted)
        )


def shape_words(shape: Shape) -> str:
    """(1, 28, 28) as "1×28×28"."""
    return "×".join(map(str, shape))


layers: Registry[Layer] = Registry(Text("Layer", "層"), __name__)
