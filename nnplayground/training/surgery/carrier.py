"""How a value gets through an activation function unharmed: what an inserted layer needs to change nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.activations import Activation

Floats = NDArray[np.float64]
FAR = 1e3
"""Values beyond this are not looked at."""
GENTLE = 0.25
"""Where nothing is exact, values are shrunk by this into the straighter middle of the function."""


@dataclass(frozen=True)
class Carrier:
    """x = factor f(scale x + shift) + offset; with `paired`, x = factor (f(scale x) - f(-scale x)) over two units."""

    scale: float = 1.0
    shift: float = 0.0
    factor: float = 1.0
    offset: float = 0.0
    paired: bool = False
    exact: bool = True


def carrier(activation: Activation, low: float, high: float, shiftable: bool = True) -> Carrier:
    """The way for values between `low` and `high` (may be infinite); `exact` is False for the nearest there is.

    Found by looking at the function's values, so that a new activation needs nothing here. Without `shiftable`
    the values enter as they are: an activation layer has no weights before it.
    """
    if activation.sums_per_unit != 1 or not activation.elementwise:
        return Carrier(exact=False)
    shifts = [0.0, -low] if shiftable and math.isfinite(low) else [0.0]
    for shift in shifts:
        line = _line(activation, max(low, -FAR) + shift, min(high, FAR) + shift)
        if line is not None:
            slope, start = line
            return Carrier(1.0, shift, 1 / slope, -start / slope - shift)
    if not shiftable:
        return Carrier(exact=False)
    return _pair(activation) or _nearest(activation, max(low, -2.0), min(high, 2.0))


def value_range(activation: Activation) -> tuple[float, float]:
    """Lowest and highest value of the function; infinite where it goes on growing."""
    f = _values(activation, np.concatenate([[-FAR, -FAR / 2], np.linspace(-20, 20, 4001), [FAR / 2, FAR]]))
    return _bottom(f), -_bottom(-f)


def _bottom(f: Floats) -> float:
    """The lowest of values from far left to far right; -inf if it still falls at an end."""
    if min(f[0] - f[1], f[-1] - f[-2]) < -1.0:
        return -math.inf
    # A dip between the ends may lie a little below the values looked at.
    return float(f.min()) if f.min() >= min(f[0], f[-1]) - 1e-12 else float(f.min()) - 1e-3


def _values(activation: Activation, u: Floats) -> Floats:
    with np.errstate(all="ignore"):
        return np.asarray(activation.curve(u)[0], np.float64)


def _line(activation: Activation, low: float, high: float) -> tuple[float, float] | None:
    """Slope and value at 0 if the function is a straight rising or falling line between `low` and `high`."""
    u = np.linspace(low, high, 513)
    f = _values(activation, u)
    slope = float((f[-1] - f[0]) / (u[-1] - u[0]))
    start = float(f[0] - slope * u[0])
    straight = np.abs(f - (slope * u + start)).max() <= 1e-9 * max(1.0, float(np.abs(u).max()))
    return (slope, start) if straight and abs(slope) > 1e-3 else None


def _pair(activation: Activation) -> Carrier | None:
    """ReLU, leaky ReLU, softplus, GELU, swish...: f(u) - f(-u) is a straight line through 0."""
    u = np.linspace(1e-3, FAR, 513)
    slope = (_values(activation, u) - _values(activation, -u)) / u
    if np.ptp(slope) > 1e-9 or abs(slope[0]) < 1e-3:
        return None
    return Carrier(factor=1 / float(slope.mean()), paired=True)


def _nearest(activation: Activation, low: float, high: float) -> Carrier:
    """The straight line through the values of a shrunk input that misses least, by least squares."""
    x = np.linspace(low, high, 201)
    f = _values(activation, GENTLE * x)
    if np.ptp(f) < 1e-9:
        return Carrier(exact=False)
    factor, offset = np.polyfit(f, x, 1)
    return Carrier(GENTLE, 0.0, float(factor), float(offset), exact=False)
