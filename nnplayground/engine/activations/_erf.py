"""The Gauss error function for arrays, which NumPy lacks."""

from __future__ import annotations

from functools import reduce

import numpy as np

from nnplayground.engine.arrays import Array

# W. J. Cody, "Rational Chebyshev approximations for the error function", Mathematics of Computation 23 (1969);
# highest power first. Near 0 erf(x) = x P(x^2) / Q(x^2), elsewhere erfc(x) = exp(-x^2) R(x) / S(x).
_NEAR = 0.46875
_P = (1.85777706184603153e-1, 3.16112374387056560e0, 1.13864154151050156e2, 3.77485237685302021e2,
      3.20937758913846947e3)  # fmt: skip
_Q = (1.0, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3)
_R = (2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594e0, 6.61191906371416295e1,
      2.98635138197400131e2, 8.81952221241769090e2, 1.71204761263407058e3, 2.05107837782607147e3,
      1.23033935479799725e3)  # fmt: skip
_S = (1.0, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
      3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3)  # fmt: skip
_FAR = 6.0
"""From here on erf is 1 to the last bit."""


def erf(x: Array) -> Array:
    """2 / sqrt(pi) times the integral of exp(-t^2) from 0 to `x`; in float64 wrong by less than 1e-15."""
    size = np.minimum(np.abs(x), _FAR)
    square = size * size
    near = size * _polynomial(_P, square) / _polynomial(_Q, square)
    far = 1 - np.exp(-square) * _polynomial(_R, size) / _polynomial(_S, size)
    found: Array = np.copysign(np.where(size <= _NEAR, near, far), x)
    return found


def _polynomial(coefficients: tuple[float, ...], x: Array) -> Array:
    return reduce(lambda total, c: total * x + c, coefficients[1:], np.full_like(x, coefficients[0]))
