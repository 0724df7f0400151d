"""A window that slides along one axis of an image: how many places it has, and what it sees from each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nnplayground.engine.arrays import Shape
from nnplayground.registry import option
from nnplayground.text import Text

_PADDING_HELP = Text(
    "valid: the window stays inside the image. same: zeros around it keep the size (divided by the stride).",
    "valid: 窓は画像の内側だけを動きます。same: 周囲を 0 で補い、大きさを（ストライドで割って）保ちます。",
)
_PADDING_NAMES = (Text("None (valid)", "なし (valid)"), Text("Keep the size (same)", "大きさを保つ (same)"))
STRIDE = Text("Stride", "ストライド")
IMAGE = Text(
    "an image (channels, height, width) of at least {n}×{n} pixels", "縦横 {n} 以上の画像（チャネル, 高さ, 幅）"
)


def padding_option() -> Any:
    """The dataclass field `padding` of a layer whose window slides over an image."""
    words = Text("Padding", "パディング")
    return option("valid", words, help=_PADDING_HELP, choices=("valid", "same"), names=_PADDING_NAMES)


@dataclass(frozen=True)
class Sliding:
    """A window of `width` cells that moves by `stride` along `size` cells, `before` of it hanging out at the start."""

    size: int
    width: int
    stride: int
    before: int
    places: int

    @property
    def padded(self) -> int:
        """Cells from the first to the last that any window covers, those outside the image included."""
        return (self.places - 1) * self.stride + self.width

    def seen(self, offset: int) -> tuple[slice, slice]:
        """(cells, places): the cells of the image that meet cell `offset` of the window, and at which places."""
        shift = offset - self.before
        first = max(0, -(shift // self.stride))
        last = min(self.places, (self.size - 1 - shift) // self.stride + 1)
        if last <= first:
            return slice(0, 0), slice(0, 0)
        start = first * self.stride + shift
        return slice(start, start + (last - first - 1) * self.stride + 1, self.stride), slice(first, last)


def sliding(size: int, width: int, stride: int, padding: str) -> Sliding:
    """Keras's rule: "valid" takes what fits; "same" gives ceil(size / stride) places, the odd zero at the end."""
    if padding == "valid":
        return Sliding(size, width, stride, 0, (size - width) // stride + 1)
    places = -(-size // stride)
    missing = max(0, (places - 1) * stride + width - size)
    return Sliding(size, width, stride, missing // 2, places)


def window_fits(input_shape: Shape, width: int, padding: str) -> bool:
    """Whether `input_shape` is an image in which a window of `width` finds a place."""
    return len(input_shape) == 3 and (padding == "same" or min(input_shape[1:]) >= width)


def slid_shape(input_shape: Shape, channels: int, width: int, stride: int, padding: str) -> Shape:
    """(channels, places down, places across) for an image of `input_shape`."""
    _, height, across = input_shape
    return channels, sliding(height, width, stride, padding).places, sliding(across, width, stride, padding).places
