"""Layers for images (height, width, channels)."""

from __future__ import annotations

import math
from typing import Any

from nnplayground.engine.arrays import Array, Shape
from nnplayground.engine.layers import Layer as Entry
from nnplayground.engine.layers.average_pooling_2d import AveragePooling2D as AverageEntry
from nnplayground.engine.layers.conv_2d import Conv2D as ConvEntry
from nnplayground.engine.layers.max_pooling_2d import MaxPooling2D as MaxEntry
from nnplayground.keras.layers.base import Layer, keras_shape
from nnplayground.keras.layers.core import Weighted
from nnplayground.keras.names import code_of, plain
from nnplayground.keras.problems import made, not_offered, refuse, require


def _same(owner: str, argument: str, value: Any) -> int:
    """3 and (3, 3) are 3; windows and steps are square here."""
    sizes = [plain(n) for n in value] if isinstance(value, (tuple, list)) else [plain(value)] * 2
    whole = all(isinstance(n, int) and not isinstance(n, bool) for n in sizes)
    if not whole or len(sizes) != 2 or sizes[0] != sizes[1]:
        raise refuse(
            "{owner}: {argument}={value!r}: give one whole number; height and width must be equal.",
            "{owner}: {argument}={value!r}: 整数 1 つで指定してください。縦と横は同じでなければなりません。",
            owner=owner, argument=argument, value=value,
        )  # fmt: skip
    return int(sizes[0])


def _padding(owner: str, value: Any) -> str:
    if not isinstance(value, str):
        raise not_offered(owner, "padding", value, '"valid" or padding="same"')
    return value.lower()


def _need_image(layer: Layer, shape: Shape, window: int, padding: str) -> None:
    """Refuse a flat input, and images that are smaller than the window."""
    if len(shape) == 3 and padding == "valid" and min(shape[1:]) < window:
        raise refuse(
            'Layer "{name}" needs images of at least {n}×{n} pixels, but gets {shape} as (height, width, channels).',
            "層 {name} には {n}×{n} 画素以上の画像が必要ですが、入力は {shape} です（高さ、幅、チャネル）。",
            name=layer.name, n=window, shape=keras_shape(shape),
        )  # fmt: skip
    if len(shape) == 1:
        side = math.isqrt(shape[0])
        raise refuse(
            'Layer "{name}" takes images, but gets {n} numbers: begin the model with Input(shape={image}), or put '
            "Reshape({image}) before it.",
            "層 {name} の入力は画像ですが、{n} 個の数が渡されます。モデルを Input(shape={image}) で始めるか、前に Reshape({image}) を"
            "入れてください。",
            name=layer.name, n=shape[0], image=(side, side, 1) if side**2 == shape[0] else "(height, width, 1)",
        )  # fmt: skip


class Conv2D(Weighted):
    """Filters that slide over an image; the kernel has the shape (height, width, channels, filters)."""

    def __init__(
        self, filters: int, kernel_size: Any, strides: Any = (1, 1), padding: str = "valid", data_format: Any = None,
        dilation_rate: Any = 1, groups: int = 1, activation: Any = None, use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform", bias_initializer: Any = "zeros", kernel_regularizer: Any = None,
        **others: Any,
    ) -> None:  # fmt: skip
        super().__init__(activation, use_bias, kernel_initializer, bias_initializer, kernel_regularizer, others)
        require(
            "Conv2D", data_format=(data_format or "channels_last", "channels_last"), groups=(groups, 1),
            dilation_rate=(_same("Conv2D", "dilation_rate", dilation_rate), 1),
        )  # fmt: skip
        self.filters, self.kernel_size = plain(filters), _same("Conv2D", "kernel_size", kernel_size)
        self.strides, self.padding = _same("Conv2D", "strides", strides), _padding("Conv2D", padding)
        made(self.entry, ())

    def gray(self, before: bool) -> bool:
        return False

    def entry(self, input_shape: Shape) -> Entry:
        _need_image(self, input_shape, self.kernel_size, self.padding)
        return ConvEntry(self.filters, self.kernel_size, self.strides, self.padding, self.activation.entry)

    def turned(self, block: str, view: Array, image: Shape | None) -> Array:
        if block == "b":
            return view
        side = self.kernel_size
        return view.reshape(len(view), -1, side, side).transpose(2, 3, 1, 0)

    def get_config(self) -> dict[str, Any]:
        return {"filters": self.filters, "kernel_size": self.kernel_size, **self._others()}

    def _others(self) -> dict[str, Any]:
        strides = {} if self.strides == 1 else {"strides": self.strides}
        padding = {} if self.padding == "valid" else {"padding": self.padding}
        return {**strides, **padding, **self.common_config()}

    def code(self) -> str:
        return code_of("layers.Conv2D", self._others(), self.filters, self.kernel_size)


class _Pooling(Layer):
    pooling: type[MaxEntry] | type[AverageEntry]

    def __init__(
        self,
        pool_size: Any = (2, 2),
        strides: Any = None,
        padding: str = "valid",
        data_format: Any = None,
        **others: Any,
    ) -> None:
        super().__init__(**others)
        kind = type(self).__name__
        require(kind, data_format=(data_format or "channels_last", "channels_last"))
        self.pool_size = _same(kind, "pool_size", pool_size)
        self.strides = self.pool_size if strides is None else _same(kind, "strides", strides)
        self.padding = _padding(kind, padding)
        made(self.entry, ())

    def gray(self, before: bool) -> bool:
        return False

    def entry(self, input_shape: Shape) -> Entry:
        _need_image(self, input_shape, self.pool_size, self.padding)
        return self.pooling(self.pool_size, self.strides, self.padding)

    def get_config(self) -> dict[str, Any]:
        strides = {} if self.strides == self.pool_size else {"strides": self.strides}
        padding = {} if self.padding == "valid" else {"padding": self.padding}
        return {"pool_size": self.pool_size, **strides, **padding}


class MaxPooling2D(_Pooling):
    """The largest value of each window."""

    pooling = MaxEntry


class AveragePooling2D(_Pooling):
    """The mean of each window."""

    pooling = AverageEntry


MaxPool2D, AvgPool2D = MaxPooling2D, AveragePooling2D


class BatchNormalization(Layer):
    """Mean 0 and spread 1 for each unit or channel within the batch; running statistics in inference."""

    blocks = ("gamma", "beta", "moving_mean", "moving_variance")

    def __init__(
        self, axis: int = -1, momentum: float = 0.99, epsilon: float = 0.001, center: bool = True, scale: bool = True,
        **others: Any,
    ) -> None:  # fmt: skip
        super().__init__(**others)
        require("BatchNormalization", axis=(axis, -1), center=(center, True), scale=(scale, True))
        self.momentum, self.epsilon = plain(momentum), plain(epsilon)
        made(self.entry, ())

    def entry(self, input_shape: Shape) -> Entry:
        from nnplayground.engine.layers.batch_normalization import BatchNormalization as Normalization

        return Normalization(self.momentum, self.epsilon)

    @property
    def trainable(self) -> bool:
        return True

    @trainable.setter
    def trainable(self, on: bool) -> None:
        require("BatchNormalization", trainable=(on, True))

    def turned(self, block: str, view: Array, image: Shape | None) -> Array:
        return view if image is None else view.reshape(image).transpose(1, 2, 0)

    def get_config(self) -> dict[str, Any]:
        given = {"momentum": (self.momentum, 0.99), "epsilon": (self.epsilon, 0.001)}
        return {name: value for name, (value, default) in given.items() if not math.isclose(value, default)}
