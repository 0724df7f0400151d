"""From the engine's layers to Keras's: what a network that was designed elsewhere is in this package."""

from __future__ import annotations

from typing import Any

from nnplayground.engine.activations import Activation as ActivationEntry
from nnplayground.engine.layers import Layer as Entry
from nnplayground.keras import activations
from nnplayground.keras.initializers import Initializer
from nnplayground.keras.layers.activation_layers import ELU, LeakyReLU, PReLU
from nnplayground.keras.layers.base import Layer
from nnplayground.keras.layers.core import Activation, Custom, Dense, Dropout, Flatten, Reshape
from nnplayground.keras.layers.images import AveragePooling2D, BatchNormalization, Conv2D, MaxPooling2D
from nnplayground.keras.regularizers import L1L2
from nnplayground.storage.values import fields_to_plain


def layers_of(
    entry: Entry, image: bool, rule: Initializer | None = None, penalty: L1L2 | None = None, turned: bool = False
) -> list[Layer]:  # fmt: skip
    """The layers that make `entry`: one, or two where Keras has the activation function as a layer only.

    `image` says whether its input is one, and `turned` whether the values come in another order than in Keras.
    """
    options: Any = entry
    weights: dict[str, Any] = {"kernel_initializer": rule or "glorot_uniform", "kernel_regularizer": penalty}
    match entry.id:
        case "dense":
            inner, after = _activation(entry.activation, image=False)
            return [Dense(options.units, inner, **weights), *after]
        case "conv2d":
            inner, after = _activation(entry.activation, image=True)
            sizes = (options.filters, options.kernel_size, options.stride, options.padding)
            return [Conv2D(*sizes, activation=inner, **weights), *after]
        case "activation":
            inner, after = _activation(entry.activation, image)
            return after or [Activation(inner)]
    return [_plain(entry, turned)]


def _plain(entry: Entry, turned: bool) -> Layer:
    options: Any = entry
    match entry.id:
        case "max_pooling2d":
            return MaxPooling2D(options.pool_size, options.stride, options.padding)
        case "average_pooling2d":
            return AveragePooling2D(options.pool_size, options.stride, options.padding)
        case "flatten":
            return Flatten()
        case "dropout":
            return Dropout(options.rate)
        case "batch_normalization":
            return BatchNormalization(momentum=options.momentum, epsilon=options.epsilon)
        case "reshape":
            order = "channels_last" if options.channels == 1 and not turned else "channels_first"
            return Reshape((options.height, options.width, options.channels), order)
    return Custom(entry.id, **fields_to_plain(entry))


def _activation(entry: ActivationEntry, image: bool) -> tuple[activations.Function | None, list[Layer]]:
    """What to name in the layer, and what to put behind it."""
    function = activations.of(entry)
    if function.name is not None:
        return function, []
    options: Any = entry
    match entry.id:
        case "leaky_relu":
            return None, [LeakyReLU(options.slope)]
        case "elu":
            return None, [ELU(options.alpha)]
        case "prelu":
            return None, [PReLU(shared_axes=[1, 2] if image else None, start=options.start)]
    return function, []
