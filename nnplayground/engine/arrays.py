"""What the passes of a network work on: buffers made once, and the views that a layer is given."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

Array = NDArray[np.floating[Any]]
Shape = tuple[int, ...]
Pass = Callable[[], object]


@lru_cache
def constant(value: float, dtype: np.dtype[Any]) -> Array:
    """`value` as an array without axes, read-only: it meets tiny arrays in half the time that a number does."""
    made = np.array(value, dtype)
    made.flags.writeable = False
    return made


def nothing() -> None:
    """The pass of an operation that has nothing to do."""


def draw(rng: np.random.Generator, out: Array) -> None:
    """Fill `out` with numbers in [0, 1), drawn in single precision whatever it is: a network draws the same in both."""
    if out.dtype == np.float32:
        rng.random(out=out, dtype=np.float32)
    else:
        out[...] = rng.random(out.shape, np.float32)


class InTurn:
    """One pass made of several. Whoever counts microseconds takes it apart again with `single`."""

    __slots__ = ("passes",)

    def __init__(self, *passes: Pass) -> None:
        self.passes = single(passes)

    def __call__(self) -> None:
        for do in self.passes:
            do()


def single(passes: Iterable[Pass]) -> tuple[Pass, ...]:
    """The same passes, with those that are made of several taken apart and those that do nothing left out."""
    parts = (do.passes if isinstance(do, InTurn) else (do,) for do in passes)
    return tuple(do for group in parts for do in group if do is not nothing)


def directly(function: np.ufunc) -> Any:
    """A method that is one function of NumPy, called with arrays and `out`, and nothing around it."""
    return staticmethod(function)


class Buffer:
    """Values of one layer for a batch, with a last row of ones so that a bias is one more weight.

    `full` is (size + 1, batch); `value` is its view (*shape, batch) without the ones.
    """

    __slots__ = ("full", "value")

    def __init__(self, shape: Shape, batch: int, dtype: DTypeLike, full: Array | None = None) -> None:
        size = math.prod(shape)
        if full is None:
            full = np.zeros((size + 1, batch), dtype)
            full[-1] = 1
        self.full = full
        self.value: Array = full[:-1].reshape(*shape, batch)


@dataclass(frozen=True)
class Block:
    """One array of parameters as the flat vector holds it.

    With `bias`, the last column is the bias and the others the weights: shape (out, fan_in + 1).
    `start` None leaves the weights to the initializer and sets biases to 0; a number fills the block.
    """

    name: str
    shape: Shape
    fan_in: int = 1
    fan_out: int = 1
    bias: bool = False
    start: float | None = None
    trainable: bool = True

    @property
    def size(self) -> int:
        return math.prod(self.shape)


@dataclass(frozen=True)
class Binding:
    """All that a layer may touch in one plan: its input, output, their gradients, and its parameters.

    `dx` is None where nobody asks for it (the first layer); `dx` may be `dy` (a layer then works in place).
    """

    x: Buffer
    y: Buffer
    dx: Buffer | None
    dy: Buffer | None
    parameters: Mapping[str, Array]
    gradients: Mapping[str, Array]
    training: bool
    rng: np.random.Generator

    @property
    def batch(self) -> int:
        return int(self.y.full.shape[1])
