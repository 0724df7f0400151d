"""Everything that can be wrong with a model file, against every loader: one `FileProblem`, quickly, and nothing else."""

import io
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given
from hypothesis import strategies as st

from nnplayground import keras
from nnplayground.data.files import FileProblem
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.plan import predict
from nnplayground.storage import experiment_file, project, weights
from nnplayground.storage.project import Project
from nnplayground.storage.tensors import KEY, pack
from nnplayground.training.experiment import Experiment
from nnplayground.training.trainer import Diverged, Trainer

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


def refusal(loader: str, path: Path) -> FileProblem:
    before = path.read_bytes() if path.is_file() and path.stat().st_size < 1e7 else None
    with pytest.raises(FileProblem) as caught:
        LOADERS[loader][1](path)
    assert before is None or path.read_bytes() == before
    assert 0 < len(caught.value.text.en) < 700 and caught.value.text.ja
    return caught.value


def refused(loader: str, data: bytes, folder: Path) -> FileProblem:
    path = folder / "bad.nnp"
    path.write_bytes(data)
    return refusal(loader, path)


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
    reference = _numbers(LOADERS[loader][1](_written(tmp_path, whole)))
    for place in range(0, len(whole), 11):
        changed = bytearray(whole)
        changed[place] ^= 1 << place % 8
        try:
            found = LOADERS[loader][1](_written(tmp_path, bytes(changed)))
        except FileProblem:
            continue
        assert np.array_equal(_numbers(found), reference)


def _written(folder: Path, data: bytes) -> Path:
    (folder / "file.nnp").write_bytes(data)
    return folder / "file.nnp"


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


def raw(header: object, body: bytes = b"") -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + body


def one_array(**changed: object) -> bytes:
    entry = {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]} | changed
    return raw({"1.W": entry}, bytes(16))


TENSORS = pytest.mark.parametrize("loader", ["project", "weights", "keras"])


@TENSORS
@pytest.mark.parametrize(
    "shape", [[10**13], [1 << 62, 4], [-4], [0, 10**18], [1] * 5000, "4", [4.0], [True, 4], None, {}]
)
def test_m11_a_declared_shape_that_cannot_be(loader, shape, tmp_path):
    refused(loader, one_array(shape=shape), tmp_path)


@TENSORS
@pytest.mark.parametrize(
    "offsets", [[0, 15], [0, 17], [1, 17], [-1, 15], [16, 0], [0], [0, 16, 32], "x", [0, 1e3], [0, 10**30]]
)
def test_m12_declared_data_that_is_not_there(loader, offsets, tmp_path):
    refused(loader, one_array(data_offsets=offsets), tmp_path)
    refused(loader, one_array()[:-1], tmp_path)
    refused(loader, one_array() + b"\0", tmp_path)


@TENSORS
@pytest.mark.parametrize("header", [b"{" * 20_000, b'{"a":' * 50_000, b"[" * 100_000, b'{"a":"' + b"x" * 200_000])
def test_m13_a_header_that_is_nested_or_endless(loader, header, tmp_path):
    refused(loader, raw(header), tmp_path)
    refused(loader, (1 << 40).to_bytes(8, "little") + header, tmp_path)


@pytest.mark.parametrize("dtype", ["complex64", "bool", "int64", "uint8", "int16"])
def test_m14_numbers_of_another_kind_are_refused(dtype, tmp_path):
    data = safetensors.numpy.save({name: array.astype(dtype) for name, array in ARRAYS.items()})
    assert refused("weights", data, tmp_path).code == "type"


@pytest.mark.parametrize("dtype", ["BF16", "F8_E4M3", "I4", "Object", "", 3, ["F32"], None])
def test_m14_types_that_nobody_knows_are_refused(dtype, tmp_path):
    refused("weights", one_array(dtype=dtype), tmp_path)


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_m14_m15_floating_point_numbers_of_any_size_and_order_are_read(dtype):
    arrays = {name: np.asfortranarray(array.astype(dtype)) for name, array in ARRAYS.items()}
    assert np.allclose(weights.loads(pack(arrays, {}), NETWORK), VECTOR, atol=1e-3)


@TENSORS
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e308])
@pytest.mark.parametrize("name", ARRAYS)
def test_m16_numbers_that_are_not_finite(loader, value, name, tmp_path):
    changed = ARRAYS | {name: np.full(ARRAYS[name].shape, value)}
    description = {} if loader == "weights" else {"experiment": experiment_file.to_dict(EXPERIMENT)}
    problem = refused(loader, pack(changed, description), tmp_path)
    assert problem.code == "not-finite" and f"layer {name[0]}" in problem.text.en


def test_m17_numbers_that_overflow_in_the_first_product_are_caught_as_a_divergence(tmp_path):
    path = _written(tmp_path, project.dumps(Project(EXPERIMENT, np.full_like(VECTOR, 3e38))))
    found = project.read(path)
    with pytest.raises(Diverged):
        Trainer(found.experiment, found.experiment.dataset.load(), found.parameters).step()


@TENSORS
@given(name=st.sampled_from(sorted(ARRAYS)), shape=st.lists(st.integers(0, 5), max_size=3).map(tuple))
def test_m18_every_single_mismatch_names_its_layer(loader, name, shape):
    if shape == ARRAYS[name].shape:
        return
    changed = ARRAYS | {name: np.zeros(shape, np.float32)}
    description = {} if loader == "weights" else {"experiment": experiment_file.to_dict(EXPERIMENT)}
    load = project.loads if loader != "weights" else lambda data: weights.loads(data, NETWORK)
    with pytest.raises(FileProblem, match=f"layer {name[0]}") as caught:
        load(pack(changed, description))
    assert caught.value.code == "mismatch"


@TENSORS
@pytest.mark.parametrize(("change", "code"), [("missing", "missing"), ("extra", "extra"), ("renamed", "missing")])
def test_m07_m19_missing_and_further_arrays(loader, change, code, tmp_path):
    changed = dict(ARRAYS)
    if change != "extra":
        changed.pop("2.b")
    if change != "missing":
        changed["../../etc/passwd"] = ARRAYS["2.b"]
    description = {} if loader == "weights" else {"experiment": experiment_file.to_dict(EXPERIMENT)}
    assert refused(loader, pack(changed, description), tmp_path).code == code


@EACH
def test_m19_a_key_that_is_given_twice(loader, tmp_path):
    if loader == "settings":
        assert refused(loader, b'{"format": 1, "seed": 1, "seed": 1}', tmp_path).code == "duplicate"
        return
    entry = json.dumps({"dtype": "F32", "shape": [4], "data_offsets": [0, 16]}).encode()
    assert refused(loader, raw(b'{"1.W":' + entry + b',"1.W":' + entry + b"}", bytes(16)), tmp_path).code == "duplicate"
    twice = json.dumps({"__metadata__": {KEY: '{"experiment": 1, "experiment": 2}'}})
    assert refused(loader, raw(twice.encode()), tmp_path).code == "duplicate"


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
    path = _written(tmp_path, with_settings(loader, weights=name))
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
    os.symlink(_written(tmp_path, LOADERS[loader][0]), tmp_path / "link.nnp")
    LOADERS[loader][1](tmp_path / "link.nnp")


@EACH
def test_m24_a_file_that_changes_while_it_is_read(loader, tmp_path, monkeypatch):
    path = _written(tmp_path, LOADERS[loader][0])
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
    found = LOADERS[loader][1](_written(tmp_path, with_settings(loader, title=title)))
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
