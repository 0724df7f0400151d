"""What maximum and average pooling share."""

from __future__ import annotations

from dataclasses import dataclass

from nnplayground.engine.arrays import Shape
from nnplayground.engine.layers import Layer
from nnplayground.engine.layers import _sliding as windows
from nnplayground.engine.layers._sliding import Sliding, sliding
from nnplayground.registry import option
from nnplayground.text import Text


@dataclass(frozen=True)
class Pooling(Layer):
    """A window slides over each channel by itself."""

    pool_size: int = option(2, Text("Window", "窓の大きさ"), low=2, high=16)
    stride: int = option(2, windows.STRIDE, low=1, high=16)
    padding: str = windows.padding_option()

    def output_shape(self, input_shape: Shape) -> Shape:
        if not windows.window_fits(input_shape, self.pool_size, self.padding):
            raise self.mismatch(input_shape, windows.IMAGE.format(n=self.pool_size))
        return windows.slid_shape(input_shape, input_shape[0], self.pool_size, self.stride, self.padding)

    def windows(self, shape: Shape) -> tuple[Sliding, Sliding]:
        """How the window slides down and across an image of `shape` (channels, height, width, ...)."""
        down, across = (sliding(n, self.pool_size, self.stride, self.padding) for n in shape[1:3])
        return down, across
