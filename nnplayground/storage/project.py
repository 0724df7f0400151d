"""The file of a person (.nnp): an experiment and the parameters it has come to.

It is a safetensors file whose description holds the experiment as the JSON files of ready-made experiments do; those
are opened here as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nnplayground.data.files import FileProblem, read_bytes
from nnplayground.engine.arrays import Array
from nnplayground.storage import experiment_file, ready_made, weights
from nnplayground.storage.atomic import write_bytes
from nnplayground.storage.parsing import not_ours, shorten
from nnplayground.storage.tensors import looks_like_tensors, pack, unpack
from nnplayground.text import Problem
from nnplayground.training.experiment import Experiment

SUFFIX = ".nnp"


@dataclass(frozen=True, eq=False)
class Project:
    """What a file holds. `parameters` is the flat vector of the experiment's network, or None: fresh ones."""

    experiment: Experiment
    parameters: Array | None = None


def dumps(project: Project) -> bytes:
    """The bytes of a .nnp file."""
    arrays = {}
    if project.parameters is not None:
        arrays = weights.to_arrays(project.experiment.network(), np.asarray(project.parameters))
    return pack(arrays, {"experiment": experiment_file.to_dict(project.experiment)})


def loads(data: bytes, name: str = "") -> Project:
    """The project in the bytes of a .nnp or JSON file; raises `FileProblem`."""
    if not looks_like_tensors(data):
        return Project(experiment_file.loads(data, name))
    arrays, description = unpack(data, name)
    plain = description.pop("experiment", None)
    if not isinstance(plain, dict) or description:
        raise FileProblem("not-ours", not_ours(shorten(name)))
    experiment = experiment_file.from_dict(plain, name)
    if not arrays:
        return Project(experiment)
    try:
        return Project(experiment, weights.from_arrays(experiment.network(), arrays, name))
    except FileProblem:
        raise
    except Problem as problem:  # the network does not fit its data
        raise FileProblem("mismatch", problem.text) from None


def read(path: Path) -> Project:
    """The project in the file `path`; raises `FileProblem`."""
    return loads(read_bytes(path, weights.MAX_BYTES), path.name)


def write(path: Path, project: Project) -> None:
    """Save; raises `FileProblem`, and then an old file is as it was."""
    write_bytes(path, dumps(project))


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
