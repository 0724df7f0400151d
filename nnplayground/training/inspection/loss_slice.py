"""The loss along one direction through the present parameters, or over the plane of two."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.arrays import Array
from nnplayground.engine.network import Network
from nnplayground.training.inspection.loss_function import LossFunction

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class LossPlane:
    """E over the plane w + x d1 + y d2: `losses` (len(y), len(x)) at `x` and `y`, 0 being the present parameters.

    `path` (m, 2) holds the run's earlier parameters as they lie on the plane, `path_steps` (m,) their steps; `aside` (m,)
    how far off the plane each is.
    """

    x: Floats
    y: Floats
    losses: Floats
    path: Floats
    path_steps: NDArray[np.intp]
    aside: Floats


def loss_along(function: LossFunction, direction: Array, offsets: Floats) -> Floats:
    """E(w + s d) for each s of `offsets` (n,); `direction` (size,)."""
    losses = np.empty(len(offsets))
    for i, s in enumerate(offsets):
        function.parameters[...] = function.origin + s * direction
        losses[i] = function.loss()
    function.parameters[...] = function.origin
    return losses


def loss_over(function: LossFunction, d1: Array, d2: Array, x: Floats, y: Floats) -> Floats:
    """E(w + x d1 + y d2), shape (len(y), len(x)); directions (size,)."""
    losses = np.empty((len(y), len(x)))
    for i, s2 in enumerate(y):
        row = function.origin + s2 * d2
        for j, s1 in enumerate(x):
            np.add(row, s1 * d1, out=function.parameters)
            losses[i, j] = function.loss()
    function.parameters[...] = function.origin
    return losses


def parameter_direction(network: Network, index: int) -> Array:
    """One parameter alone: 1 at `index`, else 0; (size,)."""
    direction: Array = np.zeros(network.size)
    direction[index] = 1.0
    return direction


def random_direction(network: Network, parameters: Array, seed: int) -> Array:
    """A random direction in which each unit's weights move as much as they are long: Li et al. 2018, section 4. (size,)

    Biases and what is not learnt stay where they are.
    """
    rng = np.random.default_rng(seed)
    direction: Array = np.zeros(network.size)
    for named in network.addresses:
        if "W" in named:
            places = named["W"]
            drawn = rng.normal(size=places.shape)
            weights = parameters[places].astype(np.float64)  # squares of large ones overflow in single precision
            lengths = np.linalg.norm(weights, axis=1) / np.maximum(np.linalg.norm(drawn, axis=1), 1e-12)
            direction[places] = drawn * lengths[:, None]
    return direction


def path_directions(path: Array, origin: Array) -> tuple[Array, Array] | None:
    """The two directions, of length 1, in which `path` (m, size) spreads most around `origin` (size,).

    None if it does not move in two directions.
    """
    away = path.astype(np.float64) - origin
    if len(away) < 3:
        return None
    # The short way: of m x size the m x m matrix of products is small.
    values, vectors = np.linalg.eigh(away @ away.T)
    if values[-2] <= 1e-12 * max(values[-1], 1e-300):
        return None
    first, second = (away.T @ vectors[:, -k] / np.sqrt(values[-k]) for k in (1, 2))
    return first, second


def on_plane(path: Array, origin: Array, d1: Array, d2: Array) -> tuple[Floats, Floats]:
    """Where the points of `path` (m, size) lie on the plane, (m, 2), and how far off it, (m,), by least squares."""
    away = path.astype(np.float64) - origin
    base = np.stack([d1, d2], axis=1).astype(np.float64)
    places = np.linalg.lstsq(base, away.T, rcond=None)[0].T.astype(np.float64)
    aside: Floats = np.linalg.norm(away - places @ base.T, axis=1)
    return places, aside
