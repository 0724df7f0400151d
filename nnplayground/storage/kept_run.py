"""How far a run has come, as plain values and arrays "run/..." of an experiment file, and back with every check."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
import numpy as np

from nnplayground.engine.arrays import Array
from nnplayground.storage.parsing import damaged
from nnplayground.storage.tensors import AnyArray
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment
from nnplayground.training.history import CAPACITY, Evaluation, KeptHistory, Mark
from nnplayground.training.kept import KeptRun
from nnplayground.training.stopping import KeptWatch
from nnplayground.training.trainer import Checkpoint

PREFIX = "run/"
_Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
_Hex = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{1,32}$")]
_Generator = tuple[_Hex, _Hex, Annotated[int, msgspec.Meta(ge=0, le=1)], Annotated[int, msgspec.Meta(ge=0, lt=2**32)]]
"""PCG64: state, increment, and the half of a number that it may have left over."""
_Words = Annotated[str, msgspec.Meta(max_length=1000)]


class _Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where in the data the run stands."""

    step: _Count
    epochs: _Count
    position: _Count
    generator: _Generator
    order_generator: _Generator
    optimizer_start: _Count = 0


MEASURES = tuple(field.name for field in dataclasses.fields(Evaluation))
"""What the columns of the evaluations are."""
UNVALIDATED = 5
"""So many of them are there where nothing is held back for validation."""


class _Watch(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How far the search for the best parameters has come; they are the array "run/best"."""

    best_epoch: _Count = 0
    best_loss: float | None = None
    waited: _Count = 0
    told: Annotated[list[_Words], msgspec.Meta(max_length=100)] = []


class _Plain(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    given: bool
    epoch: Annotated[float, msgspec.Meta(ge=0)]
    steps_per_bin: Annotated[int, msgspec.Meta(ge=1, le=2**53)]
    marks: Annotated[list[tuple[_Count, _Words, _Words]], msgspec.Meta(max_length=CAPACITY)]
    place: _Place | None = None
    watch: _Watch = _Watch()


def to_plain(run: KeptRun, arrays: dict[str, AnyArray]) -> dict[str, Any]:
    """What JSON can hold of `run`; the rest is put into `arrays`. The parameters are not looked at."""
    history, checkpoint = run.history, run.checkpoint
    arrays[PREFIX + "losses"] = history.bins
    arrays[PREFIX + "newest_losses"] = history.rest
    columns = MEASURES if any(e.is_validated for e in history.evaluations) else MEASURES[:UNVALIDATED]
    rows = [[getattr(e, name) for name in columns] for e in history.evaluations]
    arrays[PREFIX + "evaluations"] = np.array(rows, np.float64).reshape(len(rows), len(columns))  # None becomes NaN
    place = None
    if checkpoint is not None:
        arrays[PREFIX + "order"] = checkpoint.order.astype(np.int64)
        arrays.update({f"{PREFIX}optimizer.{i}": state for i, state in enumerate(checkpoint.state)})
        place = _Place(
            checkpoint.step, checkpoint.epoch, checkpoint.position,
            _numbers(checkpoint.rng), _numbers(checkpoint.order_rng), checkpoint.optimizer_start,
        )  # fmt: skip
    marks = [(mark.step, mark.text.en[:1000], mark.text.ja[:1000]) for mark in history.marks]
    watch = run.watch
    if watch.best is not None:
        arrays[PREFIX + "best"] = watch.best
    loss = watch.best_loss if math.isfinite(watch.best_loss) else None
    known = _Watch(watch.best_epoch, loss, watch.waited, sorted(watch.told))
    plain: dict[str, Any] = msgspec.to_builtins(_Plain(run.given, float(run.epoch), history.width, marks, place, known))
    return plain


def from_plain(
    plain: object, arrays: dict[str, AnyArray], experiment: Experiment, trainable: int, parameters: Array, name: str
) -> KeptRun:
    """The run that `to_plain` described, of a network with `parameters`; raises `FileProblem`."""
    try:
        found = msgspec.convert(plain, _Plain)
    except (msgspec.ValidationError, RecursionError) as error:
        raise damaged(name, f"run: {error}") from None
    wanted = {PREFIX + part for part in ("losses", "newest_losses", "evaluations")}
    if found.place is not None:
        wanted |= {PREFIX + "order", *(f"{PREFIX}optimizer.{i}" for i in range(experiment.optimizer.slots))}
    best = arrays.pop(PREFIX + "best", None)
    if best is not None and (best.dtype != np.float32 or best.shape != parameters.shape or not np.isfinite(best).all()):
        raise damaged(name, "run: best")
    if arrays.keys() != wanted:
        raise damaged(name, "run: arrays")
    checkpoint = None
    if found.place is not None:
        checkpoint = _checkpoint(found.place, arrays, experiment, trainable, parameters, name)
    known = found.watch
    loss = math.inf if known.best_loss is None else known.best_loss
    watch = KeptWatch(best, known.best_epoch, loss, known.waited, frozenset(known.told))
    return KeptRun(checkpoint, found.epoch, found.given, _history(found, arrays, name), watch)


def _checkpoint(
    place: _Place, arrays: Mapping[str, AnyArray], experiment: Experiment, trainable: int, parameters: Array, name: str
) -> Checkpoint:  # fmt: skip
    order = arrays[PREFIX + "order"]
    state = tuple(arrays[f"{PREFIX}optimizer.{i}"] for i in range(experiment.optimizer.slots))
    if order.dtype != np.int64 or order.ndim != 1 or place.position > len(order) or place.optimizer_start > place.step:
        raise damaged(name, "run: order")
    for array in state:
        if array.dtype != np.float32 or array.shape != (trainable,) or not np.isfinite(array).all():
            raise damaged(name, "run: optimizer")
    return Checkpoint(
        place.step, place.epochs, place.position, parameters, state, order.astype(np.intp),
        _generator(place.generator), _generator(place.order_generator), place.optimizer_start,
    )  # fmt: skip


def _history(found: _Plain, arrays: Mapping[str, AnyArray], name: str) -> KeptHistory:
    bins, rest, rows = (arrays[PREFIX + part] for part in ("losses", "newest_losses", "evaluations"))
    floats = all(array.dtype == np.float64 for array in (bins, rest, rows))
    shapes = bins.ndim == 2 and len(bins) == 3 and rest.ndim == 1 and rows.ndim == 2
    if (
        not floats
        or not shapes
        or rows.shape[1] not in (UNVALIDATED, len(MEASURES))
        or bins.shape[1] >= CAPACITY
        or len(rows) > CAPACITY + 1
        or len(rest) > found.steps_per_bin
    ):
        raise damaged(name, "run: history")
    if not (np.isfinite(bins).all() and np.isfinite(rest).all() and np.isfinite(rows[:, 0]).all()):
        raise damaged(name, "run: history")
    marks = tuple(Mark(step, Text(en, ja)) for step, en, ja in found.marks)
    return KeptHistory(bins, found.steps_per_bin, rest, tuple(_evaluation(row) for row in rows.tolist()), marks)


def _evaluation(row: list[float]) -> Evaluation:
    step, train_loss, train_accuracy, test_loss, test_accuracy, *held = row
    return Evaluation(
        int(step), train_loss, _known(train_accuracy), test_loss, _known(test_accuracy), *map(_known, held)
    )


def _known(share: float) -> float | None:
    return None if math.isnan(share) else share


def _numbers(state: Mapping[str, Any]) -> _Generator:
    inner = state["state"]
    return f"{inner['state']:x}", f"{inner['inc']:x}", int(state["has_uint32"]), int(state["uinteger"])


def _generator(numbers: _Generator) -> dict[str, Any]:
    state, increment, has, left = numbers
    return {
        "bit_generator": "PCG64",
        "state": {"state": int(state, 16), "inc": int(increment, 16)},
        "has_uint32": has,
        "uinteger": left,
    }
