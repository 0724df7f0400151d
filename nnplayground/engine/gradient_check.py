"""Compares backpropagation with central differences, in float64, and says where they differ."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnplayground.engine.arrays import Array
from nnplayground.engine.network import Network
from nnplayground.engine.numerical import NumericalGradient
from nnplayground.engine.plan import INPUTS, TARGETS, table

LIMIT = 1e-6


@dataclass(frozen=True)
class BlockCheck:
    """One array of parameters. `error` is the largest difference as a share of the array's largest gradient."""

    layer: int
    kind: str
    name: str
    checked: int
    size: int
    largest: float
    error: float

    @property
    def passed(self) -> bool:
        return self.error < LIMIT


@dataclass(frozen=True)
class GradientReport:
    """The comparison for every array of trainable parameters. `str` gives a table."""

    blocks: tuple[BlockCheck, ...]

    @property
    def error(self) -> float:
        """The largest of all; nan if one of them is."""
        return float(np.max([b.error for b in self.blocks], initial=0.0))

    @property
    def passed(self) -> bool:
        return all(b.passed for b in self.blocks)

    def __str__(self) -> str:
        head = f"{'layer':24} {'block':8} {'checked':>14} {'largest |gradient|':>20} {'error':>10}"
        return "\n".join([head, *(_line(b) for b in self.blocks)])


def _line(b: BlockCheck) -> str:
    counted = f"{b.checked} of {b.size}"
    verdict = "ok" if b.passed else f"differs by more than {LIMIT:g}"
    return f"{f'{b.layer + 1} {b.kind}':24} {b.name:8} {counted:>14} {b.largest:20.3e} {b.error:10.1e}  {verdict}"


def check_gradients(
    network: Network,
    rows: Any,
    targets: Any,
    parameters: Array | None = None,
    *,
    training: bool = True,
    most: int = 200,
    seed: int = 0,
) -> GradientReport:
    """Both gradients of the mean loss over `rows` (batch, features) and `targets` (batch, outputs).

    At most `most` parameters of each block are moved, chosen by `seed`, which also draws fresh `parameters` if none
    are given. Layers that draw random numbers in training draw the same ones each time.
    """
    rows = table(rows, math.prod(network.spec.input_shape), INPUTS)
    targets = table(targets, math.prod(network.output_shape), TARGETS)
    chooser = np.random.default_rng(seed)
    given = network.initial_parameters(chooser, np.float64) if parameters is None else parameters.astype(np.float64)
    subject = NumericalGradient(network, len(rows), training=training)
    subject.parameters[...], subject.plan.rows[...], subject.plan.targets[...] = given, rows, targets
    subject.loss()
    subject.plan.backward()
    slopes = subject.gradients
    checks = []
    for operation in network.operations:
        for block in operation.blocks:
            if block.trainable:
                place = operation.slots[block.name]
                chosen = place.start + chooser.permutation(block.size)[:most]
                numeric = subject.slopes(chosen)
                largest = max(float(np.abs(slopes[place]).max()), float(np.abs(numeric).max()))
                error = float(np.abs(slopes[chosen] - numeric).max()) / max(largest, 1e-8)
                found = (operation.index, operation.op.id, block.name, len(chosen), block.size, largest, error)
                checks.append(BlockCheck(*found))
    return GradientReport(tuple(checks))
