"""The numbers behind the picture at one moment of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from nnplayground.data.features import FEATURES
from nnplayground.engine.arrays import Array
from nnplayground.engine.plan import Plan
from nnplayground.gui.network.columns import Choice, Column, Links, Structure, biases, links, structure
from nnplayground.gui.network.parts import Part
from nnplayground.training.handling import is_frozen
from nnplayground.training.inspection.images import kernels
from nnplayground.training.probes.unit_maps import UnitMapsAnswer, UnitsOfLayer
from nnplayground.training.snapshot import Snapshot

LOOK = 56
"""Pixels of a feature map or of weights, at most: what is larger is shown coarser."""


@dataclass(frozen=True, eq=False)
class Reading:
    """`pictures` holds for each column an image or a curve per node (n, height, width) in -1..1, row 0 lowest.

    `values` are the outputs of the nodes (n,) for the sample, nan where there is none; `biases` (n,) where they are.
    """

    structure: Structure
    links: tuple[Links, ...]
    biases: Mapping[int, Array] = field(default_factory=dict)
    pictures: Mapping[int, Array] = field(default_factory=dict)
    values: Mapping[int, Array] = field(default_factory=dict)
    silenced: frozenset[Part] = frozenset()
    frozen: frozenset[Part] = frozenset()
    """Weights, bundles and biases that do not learn."""


class Reader:
    """Reads snapshots; the structure stays the same value until it changes."""

    def __init__(self) -> None:
        self._structure = Structure(())
        self._of: tuple[object, ...] = ()

    def read(self, snapshot: Snapshot, choice: Choice, maps: UnitMapsAnswer | None, plan: Plan | None) -> Reading:
        """What `snapshot` says. `plan` is one that went forward for the sample, if there is one."""
        network, parameters = snapshot.network, snapshot.parameters
        columns = enumerate(self._follow(snapshot, choice, maps, plan).columns)
        shown = [(i, column) for i, column in columns if column.nodes]
        own = {i: biases(network, parameters, column) for i, column in shown}
        pictures = {i: _picture(snapshot, column, maps, plan) for i, column in shown}
        return Reading(
            self._structure,
            links(network, parameters, self._structure),
            {i: b for i, b in own.items() if b is not None},
            {i: p for i, p in pictures.items() if p is not None},
            {i: _values(column, plan) for i, column in shown},
            frozenset(Part("unit", *pair) for pair in snapshot.experiment.silenced),
            _frozen(snapshot, self._structure),
        )

    def _follow(
        self, snapshot: Snapshot, choice: Choice, maps: UnitMapsAnswer | None, plan: Plan | None
    ) -> Structure:  # fmt: skip
        active = _active(maps, plan, snapshot) if choice.kind == "active" else {}
        now = snapshot.experiment, snapshot.network, choice, active
        if not self._of or any(a is not b and a != b for a, b in zip(now, self._of, strict=True)):
            found = structure(snapshot.experiment, snapshot.network, choice, active)
            self._structure = self._structure if found == self._structure else found
            self._of = now
        return self._structure


def _frozen(snapshot: Snapshot, found: Structure) -> frozenset[Part]:
    experiment, parts = snapshot.experiment, set()
    if experiment.frozen:
        for source, target in found.wires:
            before, after = found.columns[source], found.columns[target]
            width = snapshot.network.addresses[after.layer]["W"].shape[1]
            for unit in after.units.tolist():
                if is_frozen(experiment, after.layer, "b", unit):
                    parts.add(Part("bias", after.layer, unit))
                for at in before.units.tolist():
                    if width != before.total and is_frozen(experiment, after.layer, "W"):
                        parts.add(Part("bundle", after.layer, unit, at))
                    elif width == before.total and is_frozen(experiment, after.layer, "W", unit * width + at):
                        parts.add(Part("weight", after.layer, unit, at))
    return frozenset(parts)


def _active(maps: UnitMapsAnswer | None, plan: Plan | None, snapshot: Snapshot) -> dict[int, list[int]]:
    """The most active units of each layer: those that vary most over the plane, or are largest for the sample."""
    if maps is not None:
        return {i: layer.units.tolist() for i, layer in enumerate(maps.layers)}
    if plan is None:
        return {}
    layers = range(len(snapshot.network.spec.layers))
    sizes = {i: _per_unit(np.abs(plan.activations(i)[..., 0])) for i in layers}
    return {i: np.argsort(-size, kind="stable").tolist() for i, size in sizes.items()}


def _per_unit(values: Array) -> Array:
    return np.asarray(values.reshape(len(values), -1).mean(axis=1))


def _values(column: Column, plan: Plan | None) -> Array:
    found = np.full(len(column.nodes), np.nan)
    if plan is not None:
        every = plan.rows[0] if column.layer < 0 else _per_unit(plan.activations(column.layer)[..., 0])
        on = column.units >= 0
        if len(every) == column.total:
            found[on] = every[column.units[on]]
    return found


def _picture(snapshot: Snapshot, column: Column, maps: UnitMapsAnswer | None, plan: Plan | None) -> Array | None:
    if maps is not None:
        return _over_plane(column, maps)
    if column.layer < 0:
        shape = snapshot.network.spec.input_shape
        return None if plan is None or len(shape) != 3 else _upright(plan.rows[0].reshape(shape)[: len(column.nodes)])
    if plan is not None and len(snapshot.network.shapes[column.layer + 1]) == 3:
        return _scaled(_upright(plan.activations(column.layer)[column.units, ..., 0]))
    weights = kernels(snapshot.network, snapshot.parameters, column.layer)
    if weights is None or len(weights) != column.total:
        return None
    own = weights[column.units].mean(axis=1)
    return _upright(own / np.maximum(np.abs(own).max(axis=(1, 2), keepdims=True), 1e-9))


def _upright(images: Array) -> Array:
    """Images (n, height, width) whose first row is the highest, turned so that it is the lowest, and not too fine."""
    step = -(-max(images.shape[1:]) // LOOK)
    return images[:, ::-step, ::step]


def _over_plane(column: Column, maps: UnitMapsAnswer) -> Array | None:
    layer = maps.inputs if column.layer < 0 else maps.layers[column.layer]
    size = layer.maps.shape[1:]
    found = np.zeros((len(column.nodes), *size), np.float32)
    place = {unit: i for i, unit in enumerate(layer.units.tolist())}
    for i, node in enumerate(column.nodes):
        if node.part.unit in place:
            found[i] = layer.maps[place[node.part.unit]]
        elif node.part.feature and size[0] > 1:
            found[i] = _feature(node.part.feature, maps.low, maps.high, size[0])
    if column.layer >= 0:
        return _scaled(found, layer)
    with np.errstate(all="ignore"):
        return np.asarray(found / np.maximum(np.abs(found).max(axis=(1, 2), keepdims=True), 1e-9))


@lru_cache(maxsize=32)
def _feature(id: str, low: float, high: float, side: int) -> Array:
    edge = (np.arange(side) + 0.5) / side * (high - low) + low
    x2, x1 = np.meshgrid(edge, edge, indexing="ij")
    return np.asarray(FEATURES[id].value(x1, x2), np.float32)


def _scaled(images: Array, layer: UnitsOfLayer | None = None) -> Array:
    """Values as shares of the largest of the layer, which counts as 1 at least: what is nearly 0 everywhere stays pale."""
    every = images if layer is None else layer.maps
    furthest = float(np.abs(every).max(initial=1.0))
    if not np.isfinite(furthest):
        images = np.nan_to_num(images, posinf=1.0, neginf=-1.0)
        furthest = 1.0
    return np.asarray(images / furthest)
