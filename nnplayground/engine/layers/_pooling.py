"""What maximum and average pooling share: the image as the window's cells see it, one strided view for each cell."""

from __future__ import annotations

from dataclasses import dataclass

from nnplayground.engine.arrays import Array, Shape
from nnplayground.engine.layers import Layer
from nnplayground.engine.layers import _sliding as windows
from nnplayground.engine.layers._sliding import sliding
from nnplayground.registry import option
from nnplayground.text import Text

View = tuple[Array, tuple[slice, ...]]


@dataclass(frozen=True)
class Pooling(Layer):
    """A window slides over each channel by itself."""

    pool_size: int = option(2, Text("Window", "窓の大きさ"), low=2, high=16)
    stride: int = option(2, windows.STRIDE, low=1, high=16)
    padding: str = option("valid", windows.PADDING, help=windows.PADDING_HELP, choices=windows.PADDINGS)

    def output_shape(self, input_shape: Shape) -> Shape:
        if not windows.window_fits(input_shape, self.pool_size, self.padding):
            raise self.mismatch(input_shape, windows.IMAGE.format(n=self.pool_size))
        return windows.slid_shape(input_shape, input_shape[0], self.pool_size, self.stride, self.padding)

    def cells(self, image: Array) -> list[View]:
        """For each cell of the window: the pixels of `image` it meets, and the places in the output where it does.

        The first of them meets a pixel at every place.
        """
        down, across = (sliding(n, self.pool_size, self.stride, self.padding) for n in image.shape[1:3])
        size = range(self.pool_size)
        offsets = sorted(((i, j) for i in size for j in size), key=lambda ij: ij != (down.before, across.before))
        found: list[View] = []
        for i, j in offsets:
            (rows, high), (columns, wide) = down.seen(i), across.seen(j)
            found.append((image[:, rows, columns], (slice(None), high, wide)))
        return found

    @property
    def overlaps(self) -> bool:
        return self.stride < self.pool_size
