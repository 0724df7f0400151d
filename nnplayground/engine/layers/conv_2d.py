from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.lib.stride_tricks import as_strided

from nnplayground.engine.activations import Activation
from nnplayground.engine.activations.identity import Identity
from nnplayground.engine.arrays import Array, Binding, Block, InTurn, Pass, Shape, nothing
from nnplayground.engine.layers import Layer, layers
from nnplayground.engine.layers import _sliding as windows
from nnplayground.engine.layers._sliding import Sliding, sliding
from nnplayground.registry import option
from nnplayground.text import Text


@layers.register
@dataclass(frozen=True)
class Conv2D(Layer):
    """u[o] = sum over c, i, j of W[o, c, i, j] x[c, h s + i, w s + j] + b[o]: a cross-correlation, as in all libraries.

    W has shape (filters, channels * kernel_size^2), channel slowest. See `_Rows` for how it is computed.
    """

    id = "conv2d"
    label = Text("Convolution", "畳み込み層")
    formula = "u[o,h,w] = Σ W[o,c,i,j] x[c, h·s+i, w·s+j] + b[o]"
    help = Text(
        "Slides small filters over the image; each makes a map of where its pattern is found.",
        "小さなフィルタを画像の上で滑らせ、それぞれの模様がどこにあるかを表すマップを作ります。",
    )
    try_it = Text(
        "Train on digits, draw a stroke, and see in “Kernels and feature maps” which kernel finds it.",
        "数字を学習させて線を 1 本描き、「カーネルと特徴マップ」でどのカーネルが反応するかを見ましょう。",
    )
    order = 20

    filters: int = option(8, Text("Filters", "フィルタ数"), low=1, high=1_000)
    kernel_size: int = option(3, Text("Kernel size", "カーネルの大きさ"), low=1, high=31)
    stride: int = option(1, windows.STRIDE, low=1, high=16)
    padding: str = windows.padding_option()
    activation: Activation = field(default=Identity())

    def output_shape(self, input_shape: Shape) -> Shape:
        if not windows.window_fits(input_shape, self.kernel_size, self.padding):
            raise self.mismatch(input_shape, windows.IMAGE.format(n=self.kernel_size))
        return windows.slid_shape(input_shape, self.filters, self.kernel_size, self.stride, self.padding)

    def blocks(self, input_shape: Shape) -> tuple[Block, ...]:
        area = self.kernel_size**2
        fan_in, sums = input_shape[0] * area, self.filters * self.activation.sums_per_unit
        return (Block("W", (sums, fan_in + 1), fan_in, self.filters * area, bias=True),)

    def scratch(self, input_shape: Shape) -> int:
        channels, height, width = input_shape
        down, across = (sliding(n, self.kernel_size, self.stride, self.padding) for n in (height, width))
        filters = self.filters * self.activation.sums_per_unit
        return self.kernel_size * across.places * channels * (down.padded + height) + filters * height * across.places

    def bind(self, b: Binding) -> tuple[Pass, Pass]:
        _, height, width = b.x.value.shape[:3]
        down, across = (sliding(n, self.kernel_size, self.stride, self.padding) for n in (height, width))
        rows = _Rows(b.x.value, b.parameters["W"], b.y.value, down, across)
        if b.dy is None:
            return rows.forward, nothing
        to_weights = rows.weight_gradient(b.dy.value, b.gradients["W"])
        if b.dx is None:
            return rows.forward, to_weights
        return rows.forward, InTurn(
            to_weights, _input_gradient(b.parameters["W"], b.dy.value, b.dx.value, down, across)
        )


class _Rows:
    """The image spread out so that all that one row of outputs sees lies in one piece: a matrix to multiply with.

    `spread` is (rows of the padded image, channels * kernel + 1, places across, batch): row h holds each channel
    once for each of the kernel's columns, shifted, and a one for the bias. The kernel's rows then need no copies of
    their own: output row r meets `spread[r * stride : r * stride + kernel]`, and overlapping views cost nothing.
    """

    def __init__(self, x: Array, w: Array, u: Array, down: Sliding, across: Sliding) -> None:
        channels, height, _, batch = x.shape
        k, places = down.width, across.places
        spread = np.zeros((down.padded, channels * k + 1, places, batch), x.dtype)
        spread[:, -1] = 1
        top = min(height, down.padded - down.before)
        inside = spread[down.before : down.before + top, :-1].reshape(top, channels, k, places, batch)
        by_row = x[:, :top].swapaxes(0, 1)
        self._copies = tuple(
            (inside[:, :, j, places], by_row[:, :, cells]) for j in range(k) for cells, places in [across.seen(j)]
        )
        self._weights = np.zeros((len(w), k, channels * k + 1), x.dtype)
        self._weights_from = (self._weights[:, :, :-1].reshape(-1, k, channels, k), _kernel_rows(w, channels, k))
        self._bias_from = (self._weights[:, 0, -1], w[:, -1])
        self._matrix = self._weights.reshape(len(w), -1)
        row, _, _, item = spread.strides
        self._seen = as_strided(
            spread,
            (down.places, k * (channels * k + 1), places * batch),
            (row * down.stride, spread.strides[1], item),
        )
        self._u = _by_row(u)

    def forward(self) -> None:
        for to, source in self._copies:
            np.copyto(to, source)
        np.copyto(*self._weights_from)
        np.copyto(*self._bias_from)
        np.matmul(self._matrix, self._seen, out=self._u)

    def weight_gradient(self, du: Array, dw: Array) -> Pass:
        """dL/dW = sum over output rows of dL/du times what the row saw."""
        filters, k, columns = self._weights.shape
        channels = (columns - 1) // k
        # (what was seen) (slopes)^T, and not the other way round, which takes BLAS twice as long.
        per_row = np.empty((len(self._seen), k * columns, filters), du.dtype)
        total = np.empty((k, columns, filters), du.dtype)
        flat_total, slopes = total.reshape(-1, filters), _by_row(du).swapaxes(1, 2)
        target = _kernel_rows(dw, channels, k)
        source = total[:, :-1].reshape(k, channels, k, filters).transpose(3, 0, 1, 2)

        def backward() -> None:
            np.matmul(self._seen, slopes, out=per_row)
            np.add.reduce(per_row, axis=0, out=flat_total)
            np.copyto(target, source)
            np.copyto(dw[:, -1], total[0, -1])

        return backward


def _input_gradient(w: Array, du: Array, dx: Array, down: Sliding, across: Sliding) -> Pass:
    """dL/dx: dL/du, with zeros between and around its rows, meets the kernel with its rows turned upside down."""
    filters, _, places, batch = du.shape
    channels, height = dx.shape[:2]
    k = down.width
    spaced = np.zeros((down.before + height + k - 1, filters, places * batch), du.dtype)
    inside = spaced[k - 1 : k - 1 + (down.places - 1) * down.stride + 1 : down.stride]
    row, one_filter, item = spaced.strides
    seen = as_strided(spaced, (down.before + height, k * filters, places * batch), (row, one_filter, item))
    seen = seen[down.before :]
    turned = np.empty((channels, k, k, filters), du.dtype)
    kernel = _kernel_rows(w, channels, k)[:, ::-1].transpose(2, 3, 1, 0)
    matrix = turned.reshape(channels * k, k * filters)
    per_column = np.empty((height, channels, k, places, batch), du.dtype)
    product = per_column.reshape(height, channels * k, places * batch)
    by_row, du_rows = dx.swapaxes(0, 1), _by_row(du)
    sums = tuple((by_row[:, :, cells], per_column[:, :, j, at]) for j in range(k) for cells, at in [across.seen(j)])

    def backward() -> None:
        np.copyto(inside, du_rows)
        np.copyto(turned, kernel)
        np.matmul(matrix, seen, out=product)
        dx.fill(0)
        for total, part in sums:
            np.add(total, part, out=total)

    return backward


def _kernel_rows(w: Array, channels: int, k: int) -> Array:
    """The weights of a block (filters, channels * k * k + 1) as a view (filters, kernel row, channel, kernel column)."""
    return w[:, :-1].reshape(len(w), channels, k, k).swapaxes(1, 2)


def _by_row(u: Array) -> Array:
    """(channels, height, width, batch) as a view (height, channels, width * batch)."""
    channels, height, width, batch = u.shape
    return u.reshape(channels, height, width * batch).swapaxes(0, 1)
