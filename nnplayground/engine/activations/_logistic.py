"""Functions that several activations are made of, written so that no finite number overflows."""

from __future__ import annotations

import numpy as np

from nnplayground.engine.arrays import Array


def logistic(u: Array, out: Array, temperature: float = 1.0) -> None:
    """1 / (1 + exp(-u / temperature)) as (1 + tanh(u / 2T)) / 2."""
    if temperature < 0.5:
        np.clip(u, -100, 100, out=out)
        u = out
    np.multiply(u, 0.5 / temperature, out=out)
    np.tanh(out, out=out)
    out += 1
    out *= 0.5


def softplus(u: Array, out: Array) -> None:
    """log(1 + exp(u)) as max(u, 0) + log(1 + exp(-|u|))."""
    np.abs(u, out=out)
    np.negative(out, out=out)
    np.exp(out, out=out)
    np.log1p(out, out=out)
    out += np.maximum(u, 0)
