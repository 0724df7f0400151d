"""The network as columns of units: the input, and each layer; of wide layers some units stand for all."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.features import FEATURES
from nnplayground.engine.arrays import Array
from nnplayground.engine.layers import Layer
from nnplayground.engine.network import Network
from nnplayground.gui.network.parts import INPUT_LAYER, Kind, Part, low
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment

RESHAPES = "reshape"
FULL = 2.0
"""Size of a weight that is drawn as thick as can be, where a unit has few inputs."""


@dataclass(frozen=True)
class Choice:
    """Which units of a layer with more than `most` are shown: the "first", the most "active", or the "chosen"."""

    most: int = 8
    kind: str = "first"
    chosen: tuple[tuple[int, int], ...] = ()
    all_features: bool = True
    """Whether inputs that are switched off have a place too."""

    def units(self, layer: int, total: int, active: Sequence[int] | None = None) -> tuple[int, ...]:
        """Indices of the units that are shown; `active` are the most active ones, if they are known yet."""
        if total <= self.most:
            return tuple(range(total))
        if self.kind == "active" and active is not None:
            return tuple(sorted(active[: self.most]))
        own = tuple(u for i, u in self.chosen if i == layer and 0 <= u < total)[: self.most]
        return own if self.kind == "chosen" and own else tuple(range(self.most))


@dataclass(frozen=True)
class Node:
    """One unit, or one input; a part of the picture with a name beside it."""

    part: Part
    name: str = ""


@dataclass(frozen=True)
class Column:
    """One layer (-1: the input) of `total` units, of which `nodes` are shown; none if it has no weights."""

    layer: int
    label: Text
    nodes: tuple[Node, ...] = ()
    total: int = 0

    @property
    def units(self) -> NDArray[np.intp]:
        """Indices of the units that are shown, -1 for inputs that are off."""
        return np.array([node.part.unit for node in self.nodes], np.intp)

    @property
    def is_cut(self) -> bool:
        """Whether there are more units than are shown."""
        return len([n for n in self.nodes if n.part.unit >= 0]) < self.total


@dataclass(frozen=True, eq=False)
class Links:
    """The weights between the nodes of two columns: (nodes of `target`, nodes of `source`), nan where there is none.

    Not `single`: each link stands for several weights, and shows their size (root mean square) and the sign of their sum.
    """

    source: int
    target: int
    weights: Array
    single: bool
    usual: float
    """Size of weights that are drawn thick; more inputs have smaller weights."""


@dataclass(frozen=True)
class Structure:
    """The columns for one experiment, and which of them are wired to which."""

    columns: tuple[Column, ...]
    wires: tuple[tuple[int, int], ...] = ()

    def parts(self, group: Links) -> list[Part]:
        """What each link of a group is, row by row."""
        kind: Kind = "weight" if group.single else "bundle"
        return [
            Part(kind, unit.part.layer, unit.part.unit, node.part.unit)
            for unit in self.columns[group.target].nodes
            for node in self.columns[group.source].nodes
        ]


def structure(
    experiment: Experiment, network: Network, choice: Choice, active: Mapping[int, Sequence[int]]
) -> Structure:
    """The columns of `network`, which is that of `experiment`."""
    columns = [_input(experiment, choice)]
    wires: list[tuple[int, int]] = []
    last: int | None = 0
    names = experiment.dataset.task.classes
    for index, layer in enumerate(network.spec.layers):
        if not has_weights(network, index):
            columns.append(Column(index, layer.label))
            last = None if layer.id == RESHAPES else last
            continue
        total = network.shapes[index + 1][0]
        output = index == len(network.spec.layers) - 1 and len(names) == total
        units = choice.units(index, total, active.get(index))
        nodes = tuple(Node(Part("unit", index, u), names[u] if output else "") for u in units)
        columns.append(Column(index, label_of(layer), nodes, total))
        if last is not None:
            wires.append((last, len(columns) - 1))
        last = len(columns) - 1
    return Structure(tuple(columns), tuple(wires))


def has_weights(network: Network, index: int) -> bool:
    """Whether layer `index` has units with weights and a bias of their own."""
    return {"W", "b"} <= set(network.addresses[index])


def label_of(layer: Layer) -> Text:
    """What a layer is called in short: by its activation, if it has one."""
    return layer.label if layer.activation.id == "identity" else layer.activation.label


def _input(experiment: Experiment, choice: Choice) -> Column:
    dataset = experiment.dataset
    shape = dataset.input_shape
    if len(shape) == 3:
        nodes = tuple(Node(Part("input", INPUT_LAYER, c)) for c in range(min(shape[0], choice.most)))
        return Column(INPUT_LAYER, INPUTS, nodes, shape[0])
    if "features" in {o.name for o in dataset.options()}:
        place = {name: i for i, name in enumerate(dataset.inputs)}
        parts = [(Part("input", INPUT_LAYER, place.get(id, -1), feature=id), f.name) for id, f in FEATURES.items()]
        shown = [(part, name) for part, name in parts if choice.all_features or part.unit >= 0]
        return Column(INPUT_LAYER, INPUTS, tuple(Node(part, name) for part, name in shown), len(place))
    total = math.prod(shape)
    names = dataset.inputs or tuple(f"x{low(i + 1)}" if total > 1 else "x" for i in range(total))
    units = choice.units(INPUT_LAYER, total)
    return Column(INPUT_LAYER, INPUTS, tuple(Node(Part("input", -1, u), names[u]) for u in units), total)


def links(network: Network, parameters: Array, found: Structure) -> tuple[Links, ...]:
    """The weights of `parameters` (size,) between the nodes that are shown."""
    named = network.views(parameters)
    made = []
    for source, target in found.wires:
        before, after = found.columns[source], found.columns[target]
        rows = named[after.layer]["W"].reshape(after.total, -1)
        if rows.shape[1] % before.total:
            continue
        parts = rows.reshape(
            after.total, -1, before.total, rows.shape[1] // _sums(network, after.layer) // before.total
        )
        made.append(_between(source, target, before, after, parts))
    return tuple(made)


def _sums(network: Network, layer: int) -> int:
    return network.spec.layers[layer].activation.sums_per_unit


def _between(source: int, target: int, before: Column, after: Column, parts: Array) -> Links:
    """`parts` is (units, sums per unit, units before, weights each)."""
    on = before.units >= 0
    own = parts[after.units][:, :, before.units[on]].astype(np.float64)
    single = own.shape[1] == own.shape[3] == 1
    weights = np.full((len(after.nodes), len(before.nodes)), np.nan)
    if single:
        weights[:, on] = own[:, 0, :, 0]
    else:
        weights[:, on] = np.sqrt((own**2).mean(axis=(1, 3))) * np.sign(own.sum(axis=(1, 3)))
    return Links(source, target, weights, single, FULL / max(1.0, (before.total * parts.shape[3] / 4) ** 0.5))


def biases(network: Network, parameters: Array, column: Column) -> Array | None:
    """The biases (nodes,) of a column, or None if its units have none or several each."""
    if column.layer < 0 or not column.nodes or _sums(network, column.layer) != 1:
        return None
    found: Array = network.views(parameters)[column.layer]["b"][column.units]
    return found


INPUTS = Text("Input", "入力")
