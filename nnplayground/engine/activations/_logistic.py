"""Functions that several activations are made of, written so that no finite number overflows."""

from __future__ import annotations

import numpy as np

from nnplayground.engine.arrays import Array, constant


def logistic(u: Array, out: Array, temperature: float = 1.0) -> None:
    """1 / (1 + exp(-u / temperature)) as (1 + tanh(u / 2T)) / 2."""
    if temperature < 0.5:
        np.clip(u, -100, 100, out=out)
        u = out
    np.multiply(u, constant(0.5 / temperature, out.dtype), out)
    np.tanh(out, out)
    np.add(out, constant(1, out.dtype), out)
    np.multiply(out, constant(0.5, out.dtype), out)


def softplus(u: Array, out: Array) -> None:
    """log(1 + exp(u)) as max(u, 0) + log(1 + exp(-|u|))."""
    np.abs(u, out=out)
    np.negative(out, out=out)
    np.exp(out, out=out)
    np.log1p(out, out=out)
    out += np.maximum(u, 0)
