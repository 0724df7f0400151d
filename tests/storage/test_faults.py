"""Everything that can be wrong with a model file, against every loader: one `FileProblem`, quickly, and nothing else."""

import io
import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground import keras
from nnplayground.data.files import FileProblem
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.plan import predict
from nnplayground.storage import experiment_file, project, weights
from nnplayground.storage.project import Project
from nnplayground.storage.tensors import pack
from nnplayground.training.experiment import Experiment
from tests.storage.loaders import ARRAYS, EACH, EXPERIMENT, LOADERS, NETWORK, raw, refusal, refused, written


@EACH
def test_m01_an_empty_file(loader, tmp_path):
    assert refused(loader, b"", tmp_path).code == "empty"


@EACH
def test_m02_a_file_cut_anywhere(loader, tmp_path):
    whole = LOADERS[loader][0].rstrip()
    for end in range(1, len(whole), 7):
        refused(loader, whole[:end], tmp_path)


@EACH
def test_m03_a_flipped_bit(loader, tmp_path):
    if loader == "settings":
        pytest.skip("text that people may edit has no checksum")
    whole = LOADERS[loader][0]
    reference = _numbers(LOADERS[loader][1](written(tmp_path, whole)))
    for place in range(0, len(whole), 11):
        changed = bytearray(whole)
        changed[place] ^= 1 << place % 8
        try:
            found = LOADERS[loader][1](written(tmp_path, bytes(changed)))
        except FileProblem:
            continue
        assert np.array_equal(_numbers(found), reference)


def _numbers(found) -> np.ndarray:
    if isinstance(found, Project):
        return found.parameters
    return found if isinstance(found, np.ndarray) else np.concatenate([w.ravel() for w in found.get_weights()])


@given(st.binary(max_size=4096))
def test_m04_random_bytes(data):
    for load in (project.loads, experiment_file.loads, lambda d: weights.loads(d, NETWORK)):
        with pytest.raises(FileProblem):
            load(data)


@EACH
@pytest.mark.parametrize(
    "start", [b"\x89PNG\r\n\x1a\n", b"\x7fELF\x02\x01\x01", b"PK\x03\x04\x14\0\0\0", b"\x80\x04\x95K\0\0\0", b"\x93NUMPY\x01\0",
              b"#!/bin/sh\n", b"GIF89a{{{{{{", b"\xff\xfe{\0", b"\xef\xbb\xbf"],
)  # fmt: skip
def test_m05_m10_a_file_of_another_kind(loader, start, tmp_path):
    assert refused(loader, start + bytes(range(256)), tmp_path).code in ("damaged", "not-ours")


class Payload:
    """Pickled, it makes a file wherever it is loaded."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self):
        return Path.touch, (self.marker,)


@EACH
def test_m09_m10_nothing_that_is_hidden_in_a_pickle_is_run(loader, tmp_path):
    payload, marker = Payload(tmp_path / "marker"), tmp_path / "marker"
    npy, npz = io.BytesIO(), io.BytesIO()
    np.save(npy, np.array([payload], object), allow_pickle=True)
    np.savez(npz, **{"1.W": np.array([payload], object)})
    hidden = raw(
        {"1.W": {"dtype": "O", "shape": [1], "data_offsets": [0, len(pickle.dumps(payload))]}}, pickle.dumps(payload)
    )
    for data in (pickle.dumps(payload), npy.getvalue(), npz.getvalue(), hidden):
        refused(loader, data, tmp_path)
    assert not marker.exists()
    pickle.loads(pickle.dumps(payload))
    assert marker.exists(), "it would have been seen"


def with_settings(loader: str, **changed: object) -> bytes:
    plain = experiment_file.to_dict(EXPERIMENT) | changed
    return json.dumps(plain).encode() if loader == "settings" else pack(ARRAYS, {"experiment": plain})


SETTING_LOADERS = pytest.mark.parametrize("loader", ["settings", "project", "keras"])
LONG = "wörd\u202e\n<b>" * 10_000


@SETTING_LOADERS
@pytest.mark.parametrize(
    "what", ["dataset", "loss", "initializer", "optimizer", "augment", "schedule", "layers", "activation"]
)
def test_m20_a_word_that_nobody_knows_is_shown_short_and_escaped(loader, what, tmp_path):
    value: object = {"id": LONG}
    changed = {what: value}
    if what == "layers":
        changed = {"layers": [value]}
    if what == "activation":
        changed = {"layers": [{"id": "dense", "activation": value}]}
    problem = refused(loader, with_settings(loader, **changed), tmp_path)
    assert problem.code == "unknown"
    assert "\u202e" not in problem.text.en and "\n" not in problem.text.en


@pytest.mark.parametrize(
    "value", [b"NaN", b"Infinity", b"1e999", b"9" * 10_000, b"[" * 100_000, b'"\xff\xfe"', b'"\\ud800"', b"'a'", b"0x1", b"01", b"1,"]
)  # fmt: skip
@pytest.mark.parametrize("key", ["seed", "learning_rate", "title", "layers", "silenced"])
def test_m21_json_that_is_none(key, value, tmp_path):
    refused("settings", b'{"format": 1, "%s": %s}' % (key.encode(), value), tmp_path)
    inside = b'{"__metadata__": {"nnplayground": "{\\"experiment\\": %s}"}}' % value
    refused("project", raw(inside), tmp_path)


@SETTING_LOADERS
@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:\\x", "a/../../b", "\0", "models/x"])
def test_m22_a_name_of_parameters_that_is_a_path(loader, name, tmp_path):
    path = written(tmp_path, with_settings(loader, weights=name))
    found = LOADERS[loader][1](path)
    experiment = found.experiment if isinstance(found, Project) else found
    if isinstance(experiment, Experiment):
        with pytest.raises(FileProblem):
            weights.bundled(experiment)
    assert os.listdir(tmp_path) == ["file.nnp"]


def special(folder: Path) -> dict[str, Path]:
    (folder / "folder").mkdir()
    places = {
        "folder": folder / "folder",
        "nowhere": folder / "nowhere",
        "nul": Path("a\0b"),
        "long": folder / ("x" * 5000),
    }
    if os.name != "nt":
        os.symlink(folder / "nowhere", folder / "dangling")
        os.symlink(folder / "loop", folder / "loop")
        os.mkfifo(folder / "pipe")
        places |= {name: folder / name for name in ("dangling", "loop", "pipe")} | {"device": Path("/dev/zero")}
    return places


@EACH
def test_m23_what_is_no_file_is_refused_without_waiting(loader, tmp_path):
    for path in special(tmp_path).values():
        with pytest.raises(FileProblem):
            LOADERS[loader][1](path)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@EACH
def test_m23_a_link_to_a_file_is_followed(loader, tmp_path):
    os.symlink(written(tmp_path, LOADERS[loader][0]), tmp_path / "link.nnp")
    LOADERS[loader][1](tmp_path / "link.nnp")


@EACH
def test_m24_a_file_that_changes_while_it_is_read(loader, tmp_path, monkeypatch):
    path = written(tmp_path, LOADERS[loader][0])
    fstat = os.fstat

    def then_cut(handle):
        info = fstat(handle)
        os.truncate(path, 20)
        return info

    monkeypatch.setattr(os, "fstat", then_cut)
    with pytest.raises(FileProblem) as caught:
        LOADERS[loader][1](path)
    assert caught.value.code == "changed"


@EACH
def test_m25_a_file_of_four_gigabytes(loader, tmp_path):
    with open(tmp_path / "huge.nnp", "wb") as file:
        file.truncate(4 << 30)
    assert refusal(loader, tmp_path / "huge.nnp").code == "too-large"


@SETTING_LOADERS
@pytest.mark.parametrize("version", [2, 10**15])
def test_m26_a_file_of_a_newer_version(loader, version, tmp_path):
    problem = refused(loader, with_settings(loader, format=version, something_new=1), tmp_path)
    assert problem.code == "newer" and "newer version" in problem.text.en


GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.nnp")), ids=lambda path: path.stem)
def test_m27_files_of_every_version_open_and_answer_as_they_did(path):
    found = project.read(path)
    answers = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    outputs = predict(found.experiment.network(), found.parameters, np.array(answers["inputs"]))
    assert np.allclose(outputs, answers["outputs"], atol=1e-6)
    assert _says_as_much(experiment_file.to_dict(found.experiment), answers["experiment"])


def _says_as_much(new, old) -> bool:
    """Whether `new` has all that `old` says; settings that came later stand at their defaults."""
    if isinstance(old, dict):
        return all(key in new and _says_as_much(new[key], old[key]) for key in old)
    if isinstance(old, list):
        return len(new) == len(old) and all(map(_says_as_much, new, old))
    return new == old


@SETTING_LOADERS
def test_m28_names_as_people_and_others_write_them_are_kept(loader, tmp_path):
    title = "私の<b>実験</b> \u202e\u0007 🎉"
    found = LOADERS[loader][1](written(tmp_path, with_settings(loader, title=title)))
    kept = found.name if isinstance(found, keras.Sequential) else getattr(found, "experiment", found).title.en
    assert kept == title
    assert refused(loader, with_settings(loader, title="x" * 1_000_000), tmp_path).code == "too-long"


@given(seed=st.integers(0, 2**31 - 1), units=st.integers(1, 6), rate=st.floats(1e-6, 10))
def test_m31_saving_what_was_loaded_gives_the_same_bytes(seed, units, rate):
    experiment = EXPERIMENT.replace(seed=seed, learning_rate=rate, layers=(Dense(units), EXPERIMENT.layers[-1]))
    vector = experiment.network().initial_parameters(np.random.default_rng(seed))
    first = project.dumps(Project(experiment, vector))
    assert project.dumps(project.loads(first)) == first


BOMBS = """
import json, resource, sys, time
import numpy as np
from nnplayground.data.files import FileProblem
from nnplayground.storage import experiment_file, project
from nnplayground.storage.tensors import pack
from nnplayground.training.experiment import Experiment

plain = experiment_file.to_dict(Experiment())
wide = plain | {"layers": [{"id": "dense", "units": 10_000}] * 900 + plain["layers"][-1:]}
entry = {"dtype": "F32", "shape": [250_000_000], "data_offsets": [0, 1_000_000_000]}
header = json.dumps({"1.W": entry}).encode()
many = {str(i): {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]} for i in range(60_000)}
crowd = json.dumps(many).encode()
files = [
    pack({"1.W": np.zeros((2, 2), np.float32)}, {"experiment": wide}),
    len(header).to_bytes(8, "little") + header + bytes(100),
    len(crowd).to_bytes(8, "little") + crowd,
    json.dumps(plain | {"layers": [{"id": "flatten"}] * 200_000}).encode(),
    json.dumps(plain | {"silenced": [[0, 0]] * 900_000})[:4_100_000].encode(),
]
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + 300_000_000,) * 2)
for data in files:
    began = time.monotonic()
    try:
        project.loads(data, "bomb.nnp")
        sys.exit("was loaded")
    except FileProblem as problem:
        print(problem.code, round(time.monotonic() - began, 2))
    if time.monotonic() - began > 8:
        sys.exit("too slow")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="needs limits as Linux has them")
def test_m06_m08_m11_small_files_that_claim_to_be_huge_take_neither_memory_nor_time():
    done = subprocess.run([sys.executable, "-c", BOMBS], capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr + done.stdout
