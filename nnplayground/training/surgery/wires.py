"""What a layer used to be fed, said in terms of what it is fed now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Index = NDArray[np.intp]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Wires:
    """before[i] = sum of factor[k] now[new[k]] over the k with old[k] = i, plus offset[i].

    Counted in units, or in channels of an image. Units that nothing is made of are new: whoever is fed by them
    gets zero weights for them.
    """

    count: int
    """Units there are now."""
    old: Index
    new: Index
    factor: Floats
    offset: Floats

    @classmethod
    def same(cls, count: int) -> Wires:
        """Nothing changed between `count` units."""
        every = np.arange(count)
        return cls(count, every, every, np.ones(count), np.zeros(count))

    @classmethod
    def kept(cls, before: int, rows: Index) -> Wires:
        """Now there is one unit per entry of `rows`: its index before, or -1 for a new one."""
        (new,) = np.nonzero(rows >= 0)
        return cls(len(rows), rows[new], new, np.ones(len(new)), np.zeros(before))

    @property
    def is_plain(self) -> bool:
        """Whether values only moved to other places."""
        return bool(np.all(self.factor == 1) and not self.offset.any())

    @property
    def keeps_order(self) -> bool:
        """Whether a larger value of now is a larger value of before."""
        return bool(np.all(self.factor > 0) and len(np.unique(self.old)) == len(self.old))

    @property
    def rows(self) -> Index:
        """For each unit of now its index before, or -1."""
        rows = np.full(self.count, -1)
        rows[self.new] = self.old
        return rows

    def spread(self, area: int) -> Wires:
        """The same after an image of `area` pixels a channel was laid out in a row."""
        pixels = np.arange(area)
        old, new = ((a[:, None] * area + pixels).ravel() for a in (self.old, self.new))
        return Wires(self.count * area, old, new, np.repeat(self.factor, area), np.repeat(self.offset, area))

    def cut(self, before: int) -> Wires:
        """The first `before` units of before; where there were fewer, the values of now are new."""
        stays = self.old < before
        offset = np.zeros(before)
        offset[: len(self.offset)] = self.offset[:before]
        return Wires(self.count, self.old[stays], self.new[stays], self.factor[stays], offset)

    def through(self, weights: Floats, bias: Floats) -> Wires:
        """The values after W before + b, W of shape (units, units before)."""
        matrix = self.columns(weights)
        old, new = (a.ravel() for a in np.indices(matrix.shape))
        return Wires(self.count, old, new, matrix.ravel(), weights @ self.offset + bias)

    def fits(self, before: int, now: int) -> bool:
        """Whether weights of `before` inputs become weights of `now` inputs."""
        return before * self.count == now * len(self.offset) and before % len(self.offset) == 0

    def columns(self, weights: NDArray[Any]) -> Floats:
        """`weights` (units, before * k) as they must be for now * k inputs; 0 where the input is new."""
        parts = weights.reshape(len(weights), len(self.offset), -1)
        out = np.zeros((len(weights), self.count, parts.shape[2]))
        for g in self._once_each():
            out[:, self.new[g]] += parts[:, self.old[g]] * self.factor[g][:, None]
        return out.reshape(len(weights), -1)

    def sources(self, index: Index) -> Index:
        """Like `columns`, for the index of each weight: -1 where it is new or was changed."""
        parts = index.reshape(len(index), len(self.offset), -1)
        out = np.full((len(index), self.count, parts.shape[2]), -1, np.intp)
        same = (self.factor == 1) & (np.bincount(self.new, minlength=self.count)[self.new] == 1)
        out[:, self.new[same]] = parts[:, self.old[same]]
        return out.reshape(len(index), -1)

    def added_bias(self, weights: NDArray[Any]) -> Floats:
        """What `weights` (units, before * k) make of the offsets."""
        sums: Floats = weights.reshape(len(weights), len(self.offset), -1).sum(2, dtype=np.float64) @ self.offset
        return sums

    def _once_each(self) -> list[Index]:
        """The entries in groups in which no unit of now comes twice."""
        order = np.argsort(self.new, kind="stable")
        new = self.new[order]
        turn = np.arange(len(new)) - np.searchsorted(new, new)
        return [order[turn == t] for t in range(int(turn.max(initial=-1)) + 1)]
