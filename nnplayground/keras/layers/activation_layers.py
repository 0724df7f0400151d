"""Activation functions that are layers in Keras."""

from __future__ import annotations

from typing import Any

from nnplayground.engine.activations import Activation as ActivationEntry
from nnplayground.engine.activations import elu
from nnplayground.engine.activations.leaky_relu import LeakyReLU as LeakyEntry
from nnplayground.engine.activations.prelu import PReLU as PreluEntry
from nnplayground.engine.activations.relu import ReLU as ReluEntry
from nnplayground.engine.activations.softmax import Softmax as SoftmaxEntry
from nnplayground.engine.arrays import Array, Shape
from nnplayground.engine.layers import Layer as Entry
from nnplayground.engine.layers.activation_layer import ActivationLayer
from nnplayground.keras import initializers
from nnplayground.keras.layers.base import Layer
from nnplayground.keras.names import plain
from nnplayground.keras.problems import made, not_offered, refuse, require


class ActivationFunction(Layer):
    """A layer that is an activation function."""

    def __init__(self, entry: ActivationEntry, others: dict[str, Any], **config: Any) -> None:
        super().__init__(**others)
        self.activation_entry = entry
        self.config = config

    def entry(self, input_shape: Shape) -> Entry | None:
        return ActivationLayer(self.activation_entry)

    def get_config(self) -> dict[str, Any]:
        return self.config


class ReLU(ActivationFunction):
    """max(0, x), with a slope for negative values."""

    def __init__(
        self, max_value: None = None, negative_slope: float = 0.0, threshold: float = 0.0, **others: Any
    ) -> None:  # fmt: skip
        require("ReLU", max_value=(max_value, None), threshold=(threshold, 0.0))
        slope = plain(negative_slope)
        if slope:
            super().__init__(made(LeakyEntry, slope), others, negative_slope=slope)
        else:
            super().__init__(ReluEntry(), others)


class LeakyReLU(ActivationFunction):
    """x for x > 0, else negative_slope * x."""

    def __init__(self, negative_slope: float = 0.3, **others: Any) -> None:
        slope = plain(others.pop("alpha", negative_slope))
        super().__init__(made(LeakyEntry, slope), others, negative_slope=slope)


class ELU(ActivationFunction):
    """x for x > 0, else alpha (exp(x) - 1)."""

    def __init__(self, alpha: float = 1.0, **others: Any) -> None:
        depth = plain(alpha)
        super().__init__(made(elu.ELU, depth), others, alpha=depth)


class Softmax(ActivationFunction):
    """Shares that add to 1."""

    def __init__(self, axis: int = -1, **others: Any) -> None:
        require("Softmax", axis=(axis, -1))
        super().__init__(SoftmaxEntry(), others)


class PReLU(ActivationFunction):
    """x for x > 0, else alpha x, alpha learnt: one for each unit, or for each channel with shared_axes=[1, 2].

    `start`, not in Keras, is alpha at the start.
    """

    blocks = ("slope",)

    def __init__(
        self, alpha_initializer: Any = "zeros", shared_axes: Any = None, start: float = 0.0, **others: Any
    ) -> None:  # fmt: skip
        first = plain(start) or _constant(alpha_initializer)
        shared = {} if shared_axes is None else {"shared_axes": list(shared_axes)}
        super().__init__(made(PreluEntry, first), others, **shared, **({"start": first} if first else {}))

    def entry(self, input_shape: Shape) -> Entry | None:
        if len(input_shape) == 3 and self.config.get("shared_axes") != [1, 2]:
            raise refuse(
                "PReLU on images: write shared_axes=[1, 2], so that each channel has one slope.",
                "画像への PReLU では shared_axes=[1, 2] と書いてください。チャネルごとに傾きが 1 つになります。",
            )
        return super().entry(input_shape)

    def turned(self, block: str, view: Array, image: Shape | None) -> Array:
        if "shared_axes" in self.config:
            return view.reshape(1, 1, -1)
        return view if image is None else view.reshape(image).transpose(1, 2, 0)


def _constant(initializer: Any) -> float:
    """What all slopes are at the start."""
    entry: Any = initializers.get(initializer).entry
    if entry.id not in ("zeros", "constant"):
        raise not_offered("PReLU", "alpha_initializer", initializer, "initializers.Constant(0.25)")
    return float(entry.value) if entry.id == "constant" else 0.0
