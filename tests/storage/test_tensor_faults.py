"""Everything that can be wrong with the arrays in a model file."""

import json

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.data.files import FileProblem
from nnplayground.storage import experiment_file, project, weights
from nnplayground.storage.project import Project
from nnplayground.storage.tensors import KEY, pack
from nnplayground.training.trainer import Diverged, Trainer
from tests.storage.loaders import ARRAYS, EACH, EXPERIMENT, NETWORK, VECTOR, raw, refused, written


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
    path = written(tmp_path, project.dumps(Project(EXPERIMENT, np.full_like(VECTOR, 3e38))))
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
