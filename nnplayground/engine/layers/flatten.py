from __future__ import annotations

import math

from nnplayground.engine.arrays import Shape
from nnplayground.engine.layers import Layer, layers
from nnplayground.text import Text


@layers.register
class Flatten(Layer):
    """(channels, height, width) to (channels * height * width,), the last axis fastest."""

    id = "flatten"
    label = Text("Flatten", "平坦化層")
    formula = "(C, H, W) → C·H·W"
    help = Text(
        "Lays the pixels of an image out in one long row, for a dense layer.",
        "画像の画素を一列に並べ、全結合層に渡せる形にします。",
    )
    try_it = Text(
        "Put a dense layer before it, and read in the list why the shapes do not fit.",
        "この層の前に全結合層を置き、形が合わない理由を一覧で読みましょう。",
    )
    order = 50
    is_view = True

    def output_shape(self, input_shape: Shape) -> Shape:
        return (math.prod(input_shape),)
