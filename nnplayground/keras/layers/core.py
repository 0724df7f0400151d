"""Dense layers, and those that have no parameters."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from nnplayground.engine.activations import Activation as ActivationEntry
from nnplayground.engine.arrays import Array, Shape
from nnplayground.engine.layers import Layer as Entry
from nnplayground.engine.layers.activation_layer import ActivationLayer
from nnplayground.engine.layers.dense import Dense as DenseEntry
from nnplayground.engine.layers.dropout import Dropout as DropoutEntry
from nnplayground.engine.layers.flatten import Flatten as FlattenEntry
from nnplayground.engine.layers.reshape import Reshape as ReshapeEntry
from nnplayground.keras import activations, initializers, regularizers
from nnplayground.keras.layers.base import Layer, engine_shape, has_order, keras_shape
from nnplayground.keras.names import code_of, entry_of, plain
from nnplayground.keras.problems import made, refuse, require


class InputLayer(Layer):
    """Says the shape of the samples, without the batch."""

    def __init__(self, shape: Any = None, batch_size: int | None = None, dtype: Any = None, **others: Any) -> None:
        super().__init__(input_shape=others.pop("input_shape", None) if shape is None else shape, **others)

    def entry(self, input_shape: Shape) -> Entry | None:
        return None

    def get_config(self) -> dict[str, Any]:
        return {"shape": keras_shape(self.given_shape or (), self.given_gray)}

    def code(self) -> str:
        return code_of("keras.Input", self.get_config())


def Input(shape: Any = None, batch_size: int | None = None, dtype: Any = None, **others: Any) -> InputLayer:
    """The shape of the samples, without the batch: Input(shape=(784,))."""
    return InputLayer(shape, batch_size, dtype, **others)


class Weighted(Layer):
    """A layer with a kernel, a bias, and an activation."""

    blocks = ("W", "b")

    def __init__(
        self, activation: Any, use_bias: bool, kernel_initializer: Any, bias_initializer: Any, kernel_regularizer: Any,
        others: dict[str, Any],
    ) -> None:  # fmt: skip
        super().__init__(**others)
        require(type(self).__name__, use_bias=(use_bias, True))
        self.activation = activations.get(activation)
        self.initializer = initializers.get(kernel_initializer)
        self.bias_initializer = None if bias_initializer in ("zeros", None) else initializers.get(bias_initializer)
        self.regularizer = regularizers.get(kernel_regularizer)

    @property
    def kernel(self) -> Array:
        """A copy of the kernel."""
        return self.get_weights()[0]

    @property
    def bias(self) -> Array:
        """A copy of the bias."""
        return self.get_weights()[1]

    def common_config(self) -> dict[str, Any]:
        """The arguments of every weighted layer that are not as they are by default."""
        found: dict[str, Any] = {}
        if self.activation is not activations.linear:
            found["activation"] = self.activation
        if self.initializer is not None and self.initializer.code() != '"glorot_uniform"':
            found["kernel_initializer"] = self.initializer
        if self.regularizer is not None:
            found["kernel_regularizer"] = self.regularizer
        return found


class Dense(Weighted):
    """y = activation(x kernel + bias), kernel of shape (inputs, units)."""

    def __init__(
        self, units: int, activation: Any = None, use_bias: bool = True, kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros", kernel_regularizer: Any = None, **others: Any,
    ) -> None:  # fmt: skip
        super().__init__(activation, use_bias, kernel_initializer, bias_initializer, kernel_regularizer, others)
        self.units = plain(units)
        made(DenseEntry, self.units)  # says at once what is wrong with it

    def entry(self, input_shape: Shape) -> Entry:
        return DenseEntry(self.units, self.activation.entry)

    def turned(self, block: str, view: Array, image: Shape | None) -> Array:
        if block == "W" and image is not None:
            return view.reshape(len(view), *image).transpose(2, 3, 1, 0)
        return view.T

    def get_config(self) -> dict[str, Any]:
        return {"units": self.units, **self.common_config()}

    def code(self) -> str:
        return code_of("layers.Dense", self.common_config(), self.units)


class Flatten(Layer):
    """(batch, height, width, channels) to (batch, features)."""

    def __init__(self, data_format: Any = None, **others: Any) -> None:
        super().__init__(**others)
        require("Flatten", data_format=(data_format or "channels_last", "channels_last"))

    def entry(self, input_shape: Shape) -> Entry:
        return FlattenEntry()

    def get_config(self) -> dict[str, Any]:
        return {}


class Dropout(Layer):
    """In training, each value is 0 with probability `rate` and otherwise divided by 1 - rate."""

    def __init__(self, rate: float, noise_shape: None = None, seed: None = None, **others: Any) -> None:
        super().__init__(**others)
        require("Dropout", noise_shape=(noise_shape, None), seed=(seed, None))
        self.rate = plain(rate)
        made(DropoutEntry, self.rate)

    def entry(self, input_shape: Shape) -> Entry:
        return DropoutEntry(self.rate)

    def get_config(self) -> dict[str, Any]:
        return {"rate": self.rate}

    def code(self) -> str:
        return code_of("layers.Dropout", {}, self.rate)


class Reshape(Layer):
    """The same values in another shape; -1 stands for what is left.

    `data_format` "channels_first", not in Keras, lays values out as this program's own Reshape layer does.
    """

    def __init__(self, target_shape: Any, data_format: str = "channels_last", **others: Any) -> None:
        super().__init__(**others)
        self.target_shape = tuple(np.atleast_1d(target_shape).tolist())
        self.data_format = data_format

    def entry(self, input_shape: Shape) -> Entry:
        size = math.prod(input_shape)
        known = math.prod(n for n in self.target_shape if n != -1)
        shape = engine_shape((size // max(known, 1) if n == -1 else n for n in self.target_shape), "Reshape")
        if len(shape) == 1 and math.prod(shape) == size:
            return FlattenEntry()
        if len(shape) == 1:
            raise refuse(
                "Reshape: {size} values do not fill {shape}.", "Reshape: {size} 個の値は {shape} に収まりません。",
                size=size, shape=self.target_shape,
            )  # fmt: skip
        return made(ReshapeEntry, *shape)

    def gray(self, before: bool) -> bool:
        return len(self.target_shape) == 2

    def check_order(self, input_shape: Shape, image: Shape | None) -> None:
        shape = self.entry(input_shape).output_shape(input_shape)
        if self.data_format != "channels_last" or len(shape) == 1 or shape == image:
            return
        if image is not None:
            raise refuse(
                "Reshape after an image of several channels would mix pixels and channels: leave it out, or put a Dense "
                "layer between.",
                "複数チャネルの画像の後の Reshape では、画素とチャネルの順番が入れ替わります。省くか、間に Dense を入れてください。",
            )
        if has_order(shape):
            raise refuse(
                'Reshape to several channels: write data_format="channels_first"; values then fill one channel after the other.',
                '複数チャネルへの Reshape には data_format="channels_first" が必要です。値はチャネルごとに並びます。',
            )

    def get_config(self) -> dict[str, Any]:
        other = {} if self.data_format == "channels_last" else {"data_format": self.data_format}
        return {"target_shape": self.target_shape, **other}


class Activation(Layer):
    """An activation function as a layer."""

    def __init__(self, activation: Any, **others: Any) -> None:
        super().__init__(**others)
        self.activation = activations.get(activation)

    @property
    def activation_entry(self) -> ActivationEntry:
        """The engine's activation function."""
        return self.activation.entry

    def entry(self, input_shape: Shape) -> Entry | None:
        return None if self.activation_entry.id == "identity" else ActivationLayer(self.activation_entry)

    def get_config(self) -> dict[str, Any]:
        return {"activation": self.activation}

    def code(self) -> str:
        return code_of(f"layers.{type(self).__name__}", {}, self.activation)


class Custom(Layer):
    """Not in Keras: any layer of this program by its own id, with its options.

    Custom("flatten") leaves the values in this program's order, one channel after the other.
    """

    def __init__(self, id: str, **options: Any) -> None:
        from nnplayground.engine.layers import layers as registry

        super().__init__(name=options.pop("name", None))
        self.options = options
        self._entry: Entry = entry_of(registry, id, options)

    def entry(self, input_shape: Shape) -> Entry:
        return self._entry

    def get_config(self) -> dict[str, Any]:
        return self.options

    def code(self) -> str:
        return code_of("layers.Custom", self.options, self._entry.id)
