"""Activation functions: each can be called on an array, and named in a layer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nnplayground.engine.activations import Activation
from nnplayground.engine.activations import activations as registry
from nnplayground.engine.activations.elu import ELU
from nnplayground.engine.activations.gelu import GELU
from nnplayground.engine.activations.hard_sigmoid import HardSigmoid
from nnplayground.engine.activations.identity import Identity
from nnplayground.engine.activations.leaky_relu import LeakyReLU
from nnplayground.engine.activations.mish import Mish
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.selu import SELU
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.silu import SiLU
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.softplus import Softplus
from nnplayground.engine.activations.softsign import Softsign
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.arrays import Array
from nnplayground.keras.arrays import numbers
from nnplayground.keras.names import Kind, custom_code, entry_of
from nnplayground.keras.problems import made, number
from nnplayground.text import Text


class Function:
    """An activation function of the engine under the name that Keras has for it."""

    def __init__(self, entry: Activation, name: str | None = None) -> None:
        self.entry = entry
        self.name = name
        self.__name__ = name or entry.id

    def __call__(self, x: ArrayLike) -> Array:
        """f(x) for an array whose last axis is that of the units (which only softmax cares about)."""
        rows = numbers(x, "x", axes=0)
        rows = rows.astype(np.float32) if rows.dtype.kind != "f" else rows
        values: Array = np.moveaxis(np.atleast_1d(rows), -1, 0).copy()
        out = np.empty_like(values)
        self.entry.forward(values, out)
        result: Array = np.moveaxis(out, 0, -1).reshape(rows.shape)
        return result

    def code(self) -> str:
        """How a layer names it."""
        return f'"{self.name}"' if self.name else custom_code("activations", self.entry, self.entry.id in _KIND.names)

    def __repr__(self) -> str:
        return f"<activation {self.__name__}>"


class _ReLU(Function):
    def __call__(
        self, x: ArrayLike, negative_slope: float = 0.0, max_value: float | None = None, threshold: float = 0.0
    ) -> Array:
        """x above `threshold` and up to `max_value`, and below it `negative_slope` times the distance."""
        slope, start = number("relu", "negative_slope", negative_slope), number("relu", "threshold", threshold)
        if not slope and not start and max_value is None:
            return super().__call__(x)
        rows = linear(x)
        above = np.where(rows > start, rows, 0)
        if max_value is not None:
            above = np.clip(above, 0, number("relu", "max_value", max_value))
        values: Array = above + slope * np.minimum(rows - start, 0)
        return values


class _LeakyReLU(Function):
    def __call__(self, x: ArrayLike, negative_slope: float = 0.2) -> Array:
        """x for x > 0, else negative_slope * x."""
        return Function(made(LeakyReLU, number("leaky_relu", "negative_slope", negative_slope)))(x)


class _ELU(Function):
    def __call__(self, x: ArrayLike, alpha: float = 1.0) -> Array:
        """x for x > 0, else alpha (exp(x) - 1)."""
        return Function(made(ELU, number("elu", "alpha", alpha)))(x)


class _GELU(Function):
    def __call__(self, x: ArrayLike, approximate: bool = False) -> Array:
        """x Phi(x), or what the formula with tanh has for it."""
        return Function(GELU("tanh") if approximate else GELU())(x)


class _Softmax(Function):
    def __call__(self, x: ArrayLike, axis: int = -1) -> Array:
        """Shares that add to 1 along `axis`."""
        if axis == -1:
            return super().__call__(x)
        rows = numbers(x, "x")
        return np.moveaxis(super().__call__(np.moveaxis(rows, axis, -1)), -1, axis)


linear = Function(Identity(), "linear")
relu = _ReLU(ReLU(), "relu")
sigmoid = Function(Sigmoid(), "sigmoid")
tanh = Function(Tanh(), "tanh")
softmax = _Softmax(Softmax(), "softmax")
softplus = Function(Softplus(), "softplus")
softsign = Function(Softsign(), "softsign")
elu = _ELU(ELU(), "elu")
selu = Function(SELU(), "selu")
leaky_relu = _LeakyReLU(LeakyReLU(0.2), "leaky_relu")
silu = swish = Function(SiLU(), "silu")
gelu = _GELU(GELU(), "gelu")
mish = Function(Mish(), "mish")
hard_sigmoid = Function(HardSigmoid(), "hard_sigmoid")

_ALL = (
    linear, relu, sigmoid, tanh, softmax, softplus, softsign, elu, selu, leaky_relu, silu, gelu, mish, hard_sigmoid,
)  # fmt: skip


def custom(id: str, **options: Any) -> Function:
    """Not in Keras: any activation function of this program by its own id, with its options."""
    return Function(entry_of(registry, id, options))


def of(entry: Activation) -> Function:
    """The function of Keras that is `entry`, or a custom one."""
    return next((function for function in _ALL if function.entry == entry), None) or Function(entry)


def _named(function: Function) -> Callable[[], Function]:
    return lambda: function


_KIND = Kind(
    Text("activation", "活性化関数"), "activations", Function,
    {"relu": _named(relu), "swish": _named(silu)} | {function.__name__: _named(function) for function in _ALL},
    registry, of,
)  # fmt: skip


def get(identifier: object) -> Function:
    """The function meant by None (linear), a name, a function of this module, or an activation layer."""
    entry = getattr(identifier, "activation_entry", None)
    if isinstance(entry, Activation):
        return of(entry)
    return linear if identifier is None else _KIND.get(identifier)
