"""Which ink to add and which to erase to make a drawing another digit for this network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.arrays import Array
from nnplayground.engine.network import Network
from nnplayground.engine.plan import Plan, predict

MOST = 30
"""Pixels that may be changed."""
TRIED = 24
"""Pixels that look best by the gradient and are tried out; the gradient alone overrates those near full ink."""


@dataclass(frozen=True, eq=False)
class InkChange:
    """`row` (features,) is the changed sample; `add` and `erase` are the changed pixels' indices, in order of effect.

    `before` and `after` (classes,) are the shares of the classes. `flips` tells whether the wish came true.
    """

    row: Array
    add: NDArray[np.intp]
    erase: NDArray[np.intp]
    before: Array
    after: Array
    target: int

    @property
    def flips(self) -> bool:
        return int(self.after.argmax()) == self.target


def runner_up(network: Network, parameters: Array, row: Array) -> int:
    """The second likeliest class for `row` (features,)."""
    return int(predict(network, parameters, row[None])[0].argsort()[-2])


def ink_change(network: Network, parameters: Array, row: Array, target: int, most: int = MOST) -> InkChange:
    """The fewest pixels found, at most `most`, that make a classifier of `row` (features in 0..1) say `target`.

    One pixel after another: those whose change the gradient promises most are tried out, and the one that brings
    `target` furthest ahead is taken, until it leads. Works on networks with one output per class.
    """
    search = _Search(network, parameters, row, target)
    before = search.shares.copy()
    while int(search.shares.argmax()) != target and len(search.changed) < most and search.take_one():
        pass
    changed = np.array(search.changed, np.intp)
    added = search.row[changed] > row[changed]
    return InkChange(search.row, changed[added], changed[~added], before, search.shares.copy(), target)


class _Search:
    def __init__(self, network: Network, parameters: Array, row: Array, target: int) -> None:
        self.row: Array = row.astype(parameters.dtype)
        self.changed: list[int] = []
        self._target = target
        gradients = np.zeros(network.trainable, parameters.dtype)
        self._one = Plan(network, 1, parameters, gradients, to_input=True)
        self._many = Plan(network, TRIED, parameters)
        self._look()

    @property
    def shares(self) -> Array:
        """What the network says of the present row, (classes,)."""
        return self._one.outputs[:, 0]

    def take_one(self) -> bool:
        """Change the best pixel; False if none brings anything."""
        gain = self._promised()
        best = np.argsort(-gain)[:TRIED]
        best = best[gain[best] > 0]
        if not len(best):
            return False
        self._many.rows[...] = self.row
        self._many.rows[np.arange(len(best)), best] = self._flipped(best)
        with np.errstate(all="ignore"):
            self._many.forward()
        lead = _lead(self._many.judged[:, : len(best)], self._target)
        pixel = int(best[int(lead.argmax())])
        self.row[pixel] = self._flipped(pixel)
        self.changed.append(pixel)
        self._look()
        return True

    def _look(self) -> None:
        """Where the present row stands, and how its target's lead over the strongest rival depends on each pixel."""
        self._one.rows[0] = self.row
        with np.errstate(all="ignore"):
            self._one.forward()
            judged = self._one.judged[:, 0].copy()
            judged[self._target] = -np.inf
            direction = np.zeros_like(self._one.judged)
            direction[self._target], direction[int(judged.argmax())] = 1, -1
            self._one.backward_from(direction)

    def _promised(self) -> NDArray[np.float64]:
        """By the gradient, what changing each pixel brings; -inf for those that were changed."""
        assert self._one.input_gradient is not None
        slopes = self._one.input_gradient.reshape(-1).astype(np.float64)
        gain = slopes * (self._flipped(np.arange(len(self.row))) - self.row)
        gain[self.changed] = -np.inf
        return gain

    def _flipped(self, pixels: NDArray[np.intp] | int) -> NDArray[np.float64]:
        """Full ink where there is little, none where there is much."""
        return np.where(self.row[pixels] < 0.5, 1.0, 0.0)


def _lead(judged: Array, target: int) -> Array:
    """How far `target` is ahead of the strongest other class, for each sample of `judged` (classes, batch)."""
    others = judged.copy()
    others[target] = -np.inf
    lead: Array = judged[target] - others.max(axis=0)
    return lead
