"""Numerical differentiation of one parameter: the secant, and how its error depends on the step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.arrays import Array
from nnplayground.engine.network import Network
from nnplayground.training.inspection.loss_function import LossFunction


@dataclass(frozen=True)
class Secant:
    """E at w - h, w and w + h, the slope of the line through the outer two, and the true slope at w."""

    w: float
    h: float
    below: float
    here: float
    above: float
    slope: float
    exact: float


@dataclass(frozen=True, eq=False)
class SecantErrors:
    """|numerical - true slope| for each step `h` (n,), by the central and by the forward difference, (n,) each.

    Too large a step misses the curve, too small a one loses the digits: a V on log axes.
    """

    h: NDArray[np.float64]
    central: NDArray[np.float64]
    forward: NDArray[np.float64]


def secant(network: Network, parameters: Array, rows: Array, targets: Array, index: int, h: float) -> Secant:
    """The secant of half width `h` at parameter `index` of the flat vector, over the given samples."""
    function = LossFunction(network, parameters, rows, targets)
    below, here, above = (function.at(index, shift) for shift in (-h, 0.0, h))
    exact = float(function.gradient()[index])
    return Secant(float(function.origin[index]), h, below, here, above, (above - below) / (2 * h), exact)


def secant_errors(
    network: Network, parameters: Array, rows: Array, targets: Array, index: int, points: int = 61
) -> SecantErrors:
    """The errors for steps from 1 down to 1e-15, over the given samples."""
    function = LossFunction(network, parameters, rows, targets)
    exact, here = float(function.gradient()[index]), function.at(index, 0.0)
    steps = np.logspace(0, -15, points)
    above, below = (np.array([function.at(index, s * h) for h in steps]) for s in (1.0, -1.0))
    return SecantErrors(steps, np.abs((above - below) / (2 * steps) - exact), np.abs((above - here) / steps - exact))
