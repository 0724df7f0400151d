"""Activation functions, one a file: `a = f(u)` and `f'(u)`, elementwise unless said otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from nnplayground.engine.arrays import Array, Binding, Block, InTurn, Pass, Shape, nothing
from nnplayground.registry import Entry, Registry
from nnplayground.text import Text

PIECE = 2**14
"""Numbers that, with their gradients and scratch, stay in the processor's cache."""


class Activation(Entry):
    """An activation function. Subclasses write `forward` and `derivative` or `backward`, or `bind` if they have parameters."""

    derivative_formula = ""
    kinks: tuple[float, ...] = ()
    """Where f' jumps; a numerical derivative means nothing there."""
    elementwise: bool = True
    """Each output depends on one sum only, so that f is a curve."""
    derivative_from_output: bool = False
    """`derivative` gives f' from f, so that nothing else is needed on the way back."""
    commutes_with_maximum: bool = False
    """f(max u) is max f(u), to the last bit, and so is its gradient: pooling may come first and leave fewer numbers to it."""
    temperature: float = 1.0
    """What the sums are divided by first."""

    @property
    def sums_per_unit(self) -> int:
        """How many weighted sums of its own each unit needs (k times the units along the first axis)."""
        return 1

    def forward(self, u: Array, out: Array) -> None:
        """Write f(u) to `out`; both of shape (..., batch), not the same array."""
        raise NotImplementedError

    def backward(self, u: Array, a: Array, d: Array, work: Array) -> None:
        """Multiply `d` (dL/da) by f'(u) in place, which makes it dL/du; `work` is scratch of the same shape."""
        self.derivative(a, work)()
        d *= work

    def derivative(self, a: Array, out: Array) -> Pass:
        """A pass that writes f'(u) to `out` where a = f(u); for activations with `derivative_from_output`."""
        raise NotImplementedError

    def blocks(self, shape: Shape) -> tuple[Block, ...]:
        """Parameters that are learnt, for an output of `shape`; most have none."""
        return ()

    def bind(self, b: Binding) -> tuple[Pass, Pass]:
        """The two passes over the arrays of one plan; with one sum per unit, the gradient `b.dy` is changed in place."""
        u, a = b.x.value, b.y.value
        forward = partial(self.forward, u, a)
        if b.dy is None:
            return forward, nothing
        if self.derivative_from_output:
            return forward, self._backward_in_pieces(a.reshape(-1), b.dy.value.reshape(-1))
        return forward, partial(self.backward, u, a, b.dy.value, np.empty_like(u))

    def _backward_in_pieces(self, a: Array, d: Array) -> Pass:
        """`backward` over so many numbers at a time that they stay in the processor's cache."""
        work, passes = np.empty_like(a[:PIECE]), list[Pass]()
        for start in range(0, len(a), PIECE):
            outputs, slopes = a[start : start + PIECE], d[start : start + PIECE]
            scratch = work[: len(outputs)]
            passes += [self.derivative(outputs, scratch), partial(np.multiply, slopes, scratch, slopes)]
        return InTurn(*passes)

    def curve(self, u: Array, parameters: Mapping[str, Any] | None = None) -> tuple[Array, Array]:
        """f(u) and f'(u) for a plot, shapes as `u`; `parameters` are the learnt ones of the layer by name."""
        a, d, work = np.empty_like(u), np.ones_like(u), np.empty_like(u)
        self.forward(u, a)
        self.backward(u, a, d, work)
        return a, d


activations: Registry[Activation] = Registry(Text("Activation", "活性化関数"), __name__)
