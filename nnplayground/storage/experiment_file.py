"""An experiment as JSON: the format of the files in resources/experiments, and of settings inside other files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nnplayground.data.files import FileProblem, read_bytes
from nnplayground.storage.parsing import newer, not_ours, parse_object, shorten
from nnplayground.storage.values import build, fields_to_plain
from nnplayground.training.experiment import Experiment

FORMAT = 1
"""Goes up when a file of today could be misread by yesterday's program."""
MAX_BYTES = 4_000_000


def to_dict(experiment: Experiment) -> dict[str, Any]:
    """The experiment as plain values, with the version of the format first."""
    return {"format": FORMAT, **fields_to_plain(experiment)}


def from_dict(plain: Mapping[str, Any], name: str = "") -> Experiment:
    """The experiment that `to_dict` described; raises `FileProblem`. `name` is the file's, for messages.

    What is left out keeps its default. That the network fits its data is not asked here.
    """
    version = plain.get("format")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise FileProblem("not-ours", not_ours(name))
    if version > FORMAT:
        raise FileProblem("newer", newer(name, version))
    try:
        return build(Experiment, {key: value for key, value in plain.items() if key != "format"})
    except FileProblem as problem:
        where = shorten(name) + ": " if name else ""
        raise FileProblem(problem.code, problem.text.map(lambda words: where + words)) from None


def dumps(experiment: Experiment) -> bytes:
    """The experiment as the bytes of a JSON file."""
    return (json.dumps(to_dict(experiment), ensure_ascii=False, indent=2) + "\n").encode()


def loads(data: bytes, name: str = "") -> Experiment:
    """The experiment in the bytes of a JSON file; raises `FileProblem`."""
    return from_dict(parse_object(data, shorten(name)), name)


def read(path: Path) -> Experiment:
    """The experiment in the JSON file `path`; raises `FileProblem`."""
    return loads(read_bytes(path, MAX_BYTES), path.name)
