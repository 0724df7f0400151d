"""Single parts under a person's hand: units held at 0, parameters that do not learn.

Both are fields of the experiment, so undo, files, the way back in time and races know them without being told.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnplayground.engine.network import Network
from nnplayground.text import Problem, Text
from nnplayground.training.experiment import Experiment
from nnplayground.training.surgery import Removed, transplant
from nnplayground.training.surgery.alignment import align
from nnplayground.training.surgery.outcome import gone_layers

Index = NDArray[np.intp]
Frozen = tuple[int, str, int]


def silence(experiment: Experiment, layer: int, unit: int, on: bool = True) -> Experiment:
    """The experiment with `unit` of `layer` (a channel, after a convolution) held at 0, or let go.

    Raises `Problem` for a unit of the last layer, or one that there is not.
    """
    if on and not experiment.network().can_silence(layer, unit):
        raise Problem(_CANNOT_SILENCE.format(layer=layer + 1, unit=unit + 1))
    others = set(experiment.silenced) - {(layer, unit)}
    return experiment.replace(silenced=tuple(sorted(others | {(layer, unit)} if on else others)))


def freeze(experiment: Experiment, layer: int, name: str = "", index: int = -1, on: bool = True) -> Experiment:
    """The experiment in which a parameter (see `Experiment.frozen`) keeps its value, or learns again.

    Letting a single parameter of a frozen array go lets go of the array.
    """
    place = (layer, name, index)
    others = {f for f in experiment.frozen if not _covers(place, f) and (on or not _covers(f, place))}
    return experiment.replace(frozen=tuple(sorted(others | {place} if on else others)))


def is_frozen(experiment: Experiment, layer: int, name: str, index: int = -1) -> bool:
    """Whether this parameter, or the whole array, keeps its value."""
    return any(_covers(f, (layer, name, index)) for f in experiment.frozen)


def frozen_places(experiment: Experiment, network: Network) -> Index | None:
    """Places in the flat vector of the trainable parameters that keep their values; None if all learn."""
    found = [places for frozen in experiment.frozen for places in _places(network, frozen)]
    if not found:
        return None
    places = np.unique(np.concatenate(found))
    places = places[places < network.trainable]
    return places if len(places) else None


def follow(old: Experiment, new: Experiment, removed: Removed | None = None) -> Experiment:
    """`new`, whose layers were edited from `old`, with its silenced and frozen parts where they are now."""
    if not (new.silenced or new.frozen) or old.layers == new.layers:
        return new
    try:
        before, now = old.network(), new.network()
    except Problem:  # nothing can be followed through a network that cannot work
        return new
    source = transplant(before, np.zeros(before.size), now, np.zeros(now.size), removed).source
    pairs = align(old.layers, new.layers, gone_layers(before, removed or {}))
    layer_now = {was: index for was, index in pairs if was is not None and index is not None}
    silenced = [
        (layer_now[layer], unit - sum(gone < unit for gone in (removed or {}).get(layer, ())))
        for layer, unit in new.silenced
        if layer in layer_now and unit not in (removed or {}).get(layer, ())
    ]
    frozen = [place for f in new.frozen for place in _followed(f, layer_now, before, now, source)]
    return new.replace(
        silenced=tuple(sorted(pair for pair in silenced if now.can_silence(*pair))), frozen=tuple(sorted(frozen))
    )


def _followed(frozen: Frozen, layer_now: dict[int, int], before: Network, now: Network, source: Index) -> list[Frozen]:
    layer, name, index = frozen
    if layer not in layer_now:
        return []
    if index < 0:
        return [(layer_now[layer], name, index)]
    there = now.addresses[layer_now[layer]].get(name)
    if there is None:
        return []
    places = _places(before, frozen)
    (found,) = np.nonzero(np.isin(source[there.ravel()], places))
    return [(layer_now[layer], name, int(i)) for i in found]


def _places(network: Network, frozen: Frozen) -> list[Index]:
    layer, name, index = frozen
    if not 0 <= layer < len(network.spec.layers):
        return []
    named = network.addresses[layer]
    if not name:
        return [a.ravel() for a in named.values()]
    places = named[name].ravel() if name in named else np.empty(0, np.intp)
    return [places] if index < 0 else [places[index : index + 1]]


def _covers(a: Frozen, b: Frozen) -> bool:
    """Whether freezing `a` freezes all of `b`."""
    return a[0] == b[0] and a[1] in ("", b[1]) and (a[1] == "" or a[2] in (-1, b[2]))


_CANNOT_SILENCE = Text(
    "Unit {unit} of layer {layer} cannot be silenced: choose a unit of a layer before the last one that computes values.",
    "第 {layer} 層のユニット {unit} は休止できません。最後の層より前の、値を計算する層のユニットを選んでください。",
)
