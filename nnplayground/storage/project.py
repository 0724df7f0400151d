"""The file of a person (.nnp): an experiment, how far it has come, and what lay on the table beside it.

It is a safetensors file whose description holds the experiment as the JSON files of ready-made experiments do; those
are opened here as well. Format 1 held the parameters only; format 2 added the run and the table, format 3 the picture
on the canvas. A file is written in the oldest format that has all it needs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from nnplayground.data.files import FileProblem, read_bytes
from nnplayground.data.holdings import hold
from nnplayground.engine.arrays import Array
from nnplayground.storage import experiment_file, kept_run, own_data, ready_made, table, weights
from nnplayground.storage.atomic import write_bytes
from nnplayground.storage.parsing import newer, not_ours, shorten
from nnplayground.storage.table import Table
from nnplayground.storage.tensors import AnyArray, looks_like_tensors, pack, unpack
from nnplayground.text import Problem, Text
from nnplayground.training.experiment import Experiment
from nnplayground.training.kept import KeptRun

SUFFIX = ".nnp"
FORMAT = 3
"""Goes up when a file of today could be misread by yesterday's program."""
_PARTS = ("format", "experiment", "run", "table")


@dataclass(frozen=True, eq=False)
class Project:
    """What a file holds. `parameters` is the flat vector of the experiment's network, or None: fresh ones."""

    experiment: Experiment
    parameters: Array | None = None
    run: KeptRun | None = None
    """How far the training has come; None: not known, or not at all."""
    table: Table = field(default_factory=Table)


def dumps(project: Project) -> bytes:
    """The bytes of a .nnp file."""
    arrays: dict[str, AnyArray] = {}
    written = FORMAT if project.table.picture is not None else 2
    description = {"format": written, "experiment": experiment_file.to_dict(project.experiment)}
    if project.parameters is not None:
        arrays.update(weights.to_arrays(project.experiment.network(), np.asarray(project.parameters)))
        if project.run is not None:
            description["run"] = kept_run.to_plain(project.run, arrays)
    description["table"] = table.to_plain(project.table, arrays)
    own_data.put(project.experiment, arrays)
    return pack(arrays, description)


def loads(data: bytes, name: str = "") -> Project:
    """The project in the bytes of a .nnp or JSON file; raises `FileProblem`."""
    if not looks_like_tensors(data):
        return Project(experiment_file.loads(data, name))
    arrays, description = unpack(data, name)
    _check_format(description, name)
    plain = description.get("experiment")
    if not isinstance(plain, dict) or not description.keys() <= set(_PARTS):
        raise FileProblem("not-ours", not_ours(shorten(name)))
    experiment = experiment_file.from_dict(plain, name)
    beside = table.from_plain(description.get("table", {}), arrays, name)
    brought = own_data.take(experiment, arrays, name)
    try:
        parameters, run = _learnt(experiment, description.get("run"), arrays, name)
    except FileProblem:
        raise
    except Problem as problem:  # the network does not fit its data
        raise FileProblem("mismatch", problem.text) from None
    if brought is not None:
        hold(*brought)  # now that everything else is sound
    return Project(experiment, parameters, run, beside)


def _learnt(
    experiment: Experiment, plain: object, arrays: dict[str, AnyArray], name: str
) -> tuple[Array | None, KeptRun | None]:
    """Parameters and run, from what is left of `arrays`."""
    if not arrays and plain is None:
        return None, None
    network = experiment.network()
    of_run = {key: arrays.pop(key) for key in list(arrays) if key.startswith(kept_run.PREFIX)}
    parameters = weights.from_arrays(network, arrays, name)
    if plain is None and not of_run:
        return parameters, None
    return parameters, kept_run.from_plain(plain, of_run, experiment, network.trainable, parameters, name)


def _check_format(description: dict[str, object], name: str) -> None:
    version = description.get("format", 1)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise FileProblem("not-ours", not_ours(shorten(name)))
    if version > FORMAT:
        raise FileProblem("newer", newer(name, version))


def read(path: Path) -> Project:
    """The project in the file `path`; raises `FileProblem`."""
    return loads(read_bytes(path, weights.MAX_BYTES), path.name)


def write(path: Path, project: Project) -> Text | None:
    """Save, and return what `write_bytes` tells; raises `FileProblem`, and then an old file is as it was."""
    return write_bytes(path, dumps(project))


def find(wanted: str) -> Project:
    """What a person means by `wanted`: a ready-made experiment by name, or else a file; raises `FileProblem`.

    Parameters that a ready-made experiment only names are not looked up here.
    """
    if wanted in ready_made.names():
        return Project(ready_made.load(wanted))
    path = Path(wanted)
    if path.exists() or path.suffix or path.name != wanted:
        return read(path)
    return Project(ready_made.load(wanted))
