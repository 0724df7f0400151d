from __future__ import annotations

import math
from dataclasses import dataclass

from nnplayground.engine.arrays import Shape
from nnplayground.engine.layers import Layer, layers, shape_words
from nnplayground.registry import option
from nnplayground.text import Text


@layers.register
@dataclass(frozen=True)
class Reshape(Layer):
    """The same values as an image (channels, height, width), the last axis fastest."""

    id = "reshape"
    label = Text("Reshape", "形状変更層")
    formula = "C·H·W → (C, H, W)"
    help = Text(
        "Takes the values as the pixels of an image, so that a convolution can follow.",
        "値を画像の画素として並べ直し、畳み込み層に渡せる形にします。",
    )
    try_it = Text(
        "Change the height: the list says at once which products fit.",
        "高さを変えてみましょう。どの組み合わせなら合うかが、すぐに一覧に出ます。",
    )
    order = 55
    is_view = True

    channels: int = option(1, Text("Channels", "チャネル数"), low=1, high=10_000)
    height: int = option(28, Text("Height", "高さ"), low=1, high=10_000)
    width: int = option(28, Text("Width", "幅"), low=1, high=10_000)

    def output_shape(self, input_shape: Shape) -> Shape:
        shape = (self.channels, self.height, self.width)
        if math.prod(shape) != math.prod(input_shape):
            wanted = Text("{n} values for {shape}", "{shape} にする {n} 個の値")
            raise self.mismatch(input_shape, wanted.format(n=math.prod(shape), shape=shape_words(shape)))
        return shape
