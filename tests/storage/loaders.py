"""The loaders of model files, a good file for each, and how they refuse a bad one."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from nnplayground import keras
from nnplayground.data.files import FileProblem
from nnplayground.storage import experiment_file, project, weights
from nnplayground.storage.project import Project
from nnplayground.training.experiment import Experiment

EXPERIMENT = Experiment(seed=3)
NETWORK = EXPERIMENT.network()
VECTOR = NETWORK.initial_parameters(np.random.default_rng(1))
ARRAYS = {name: np.array(view) for name, view in weights.to_arrays(NETWORK, VECTOR).items()}
PROJECT = project.dumps(Project(EXPERIMENT, VECTOR))
WEIGHTS = weights.dumps(NETWORK, VECTOR)
SETTINGS = experiment_file.dumps(EXPERIMENT)

LOADERS: dict[str, tuple[bytes, Callable[[Path], object]]] = {
    "project": (PROJECT, project.read),
    "settings": (SETTINGS, experiment_file.read),
    "weights": (WEIGHTS, lambda path: weights.read(path, NETWORK)),
    "keras": (PROJECT, keras.models.load_model),
}
EACH = pytest.mark.parametrize("loader", LOADERS)


def written(folder: Path, data: bytes) -> Path:
    (folder / "file.nnp").write_bytes(data)
    return folder / "file.nnp"


def refusal(loader: str, path: Path) -> FileProblem:
    before = path.read_bytes() if path.is_file() and path.stat().st_size < 1e7 else None
    with pytest.raises(FileProblem) as caught:
        LOADERS[loader][1](path)
    assert before is None or path.read_bytes() == before
    assert 0 < len(caught.value.text.en) < 700 and caught.value.text.ja
    return caught.value


def refused(loader: str, data: bytes, folder: Path) -> FileProblem:
    return refusal(loader, written(folder, data))


def raw(header: object, body: bytes = b"") -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + body
