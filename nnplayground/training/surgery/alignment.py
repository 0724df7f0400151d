"""Which layers of a changed network are those it had before."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from nnplayground.engine.layers import Layer

Pair = tuple[int | None, int | None]
"""Index before and after; None before: inserted; None after: removed."""

ALONE = 1.1
"""Cost of an inserted or removed layer: a little more than that of a changed one, so that a change stays a change."""


def align(old: Sequence[Layer], new: Sequence[Layer], gone: Collection[int] = ()) -> list[Pair]:
    """The cheapest way from `old` to `new` by keeping, changing, inserting and removing layers, in their order.

    Layers of `old` in `gone` are not kept. Of several layers that are the same, the last one comes or goes: it gets the
    values of one just like it, and has room for all of them.
    """
    costs = _costs(old, new, gone)
    pairs: list[Pair] = []
    i, j = len(old), len(new)
    while i or j:
        if j and costs[i][j] == costs[i][j - 1] + ALONE:
            j -= 1
            pairs.append((None, j))
        elif i and costs[i][j] == costs[i - 1][j] + ALONE:
            i -= 1
            pairs.append((i, None))
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]


def _costs(old: Sequence[Layer], new: Sequence[Layer], gone: Collection[int]) -> list[list[float]]:
    """costs[i][j]: from the first i layers of `old` to the first j of `new`."""
    costs = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) + 1):
        for j in range(len(new) + 1):
            ways = [0.0] if i == j == 0 else []
            if i and j:
                ways.append(costs[i - 1][j - 1] + _keep(old, i - 1, new[j - 1], gone))
            if i:
                ways.append(costs[i - 1][j] + ALONE)
            if j:
                ways.append(costs[i][j - 1] + ALONE)
            costs[i][j] = min(ways)
    return costs


def _keep(old: Sequence[Layer], index: int, new: Layer, gone: Collection[int]) -> float:
    return float("inf") if index in gone else _change(old[index], new)


def _change(old: Layer, new: Layer) -> float:
    """What it costs to call `new` the same layer as `old`; layers of different kinds never are."""
    if old == new:
        return 0.0
    if old.id != new.id:
        return float("inf")
    return 0.25 if _without_activation(old) == _without_activation(new) else 1.0


def _without_activation(layer: Layer) -> tuple[object, ...]:
    return tuple(getattr(layer, o.name) for o in layer.options() if o.name != "activation")
