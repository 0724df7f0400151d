import json
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given
from hypothesis import strategies as st

from nnplayground import resources
from nnplayground.data.files import FileProblem
from nnplayground.storage import weights
from nnplayground.storage.tensors import pack, unpack
from nnplayground.training.experiment import Experiment

NETWORK = Experiment().network()
VECTOR = NETWORK.initial_parameters(np.random.default_rng(0))
ARRAYS = {name: np.array(view) for name, view in weights.to_arrays(NETWORK, VECTOR).items()}


def code(data: bytes) -> str:
    with pytest.raises(FileProblem) as caught:
        weights.loads(data, NETWORK, "w.safetensors")
    return caught.value.code


def raw(header: dict | bytes, body: bytes = b"") -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + body


def test_parameters_come_back_to_the_last_bit():
    assert np.array_equal(weights.loads(weights.dumps(NETWORK, VECTOR), NETWORK), VECTOR)


def test_arrays_are_named_by_layer_and_turned_as_on_paper():
    assert {name: array.shape for name, array in ARRAYS.items()} == {
        "1.W": (2, 2),
        "1.b": (2,),
        "2.W": (3, 2),
        "2.b": (3,),
    }


def test_saving_what_was_loaded_gives_the_same_bytes():
    first = weights.dumps(NETWORK, VECTOR)
    assert weights.dumps(NETWORK, weights.loads(first, NETWORK)) == first


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_files_of_other_programs_are_read_in_every_precision(dtype):
    data = safetensors.numpy.save({name: array.astype(dtype) for name, array in ARRAYS.items()})
    assert np.allclose(weights.loads(data, NETWORK), VECTOR, atol=1e-3)


def test_memory_order_makes_no_difference():
    assert pack({"a": np.asfortranarray(ARRAYS["2.W"])}, {}) == pack({"a": ARRAYS["2.W"]}, {})
    assert pack({"a": np.repeat(ARRAYS["2.W"], 2, axis=0)[::2]}, {}) == pack({"a": ARRAYS["2.W"]}, {})


@pytest.mark.parametrize(
    ("change", "expected", "words"),
    [
        (lambda a: a.pop("2.b"), "missing", "layer 2, b"),
        (lambda a: a.update({"3.W": a["2.W"]}), "extra", "layer 3, W"),
        (lambda a: a.update({"1.W": a["2.W"]}), "mismatch", "layer 1, W"),
        (lambda a: a.update({"1.W": a["1.W"].ravel()}), "mismatch", "layer 1, W"),
        (lambda a: a.update({"2.W": a["2.W"] * np.nan}), "not-finite", "layer 2, W"),
        (lambda a: a.update({"2.b": a["2.b"] + np.inf}), "not-finite", "layer 2, b"),
        (lambda a: a.update({"2.b": np.full(3, 1e308)}), "not-finite", "layer 2, b"),
        (lambda a: a.update({"2.b": np.zeros(3, np.int64)}), "type", "layer 2, b"),
        (lambda a: a.update({"2.b": np.zeros(3, np.complex64)}), "type", "2.b"),
        (lambda a: a.update({"2.b": np.zeros(3, bool)}), "type", "2.b"),
    ],
)
def test_arrays_of_another_network_are_refused_and_the_layer_is_named(change, expected, words):
    arrays = dict(ARRAYS)
    change(arrays)
    with pytest.raises(FileProblem) as caught:
        weights.loads(safetensors.numpy.save(arrays), NETWORK)
    assert caught.value.code == expected
    assert words in caught.value.text.en


BODY = np.zeros(4, np.float32).tobytes()


def tensor(dtype: object = "F32", shape: object = (4,), offsets: object = (0, 16)) -> dict:
    return {"dtype": dtype, "shape": shape, "data_offsets": offsets}


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\x7fELF", b"PK\x03\x04" + bytes(50), b"\x89PNG\r\n\x1a\n" + bytes(50), b"\x80\x04K\x01.", bytes(8),
        raw({}), raw(b"{"), raw(b"[]"), raw(b"{" * 20_000), raw(b'{"a":' * 50_000), raw({"1.W": 3}, BODY),
        (1 << 62).to_bytes(8, "little") + b"{}", (100).to_bytes(8, "little") + b"{}      ",
        raw({"1.W": tensor(shape=[10**13])}, BODY), raw({"1.W": tensor(shape=[1 << 62, 4])}, BODY),
        raw({"1.W": tensor(shape=[-4])}, BODY), raw({"1.W": tensor(shape=[0, 10**18], offsets=[0, 0])}),
        raw({"1.W": tensor(shape=[1] * 5000)}, BODY), raw({"1.W": tensor(shape="4")}, BODY),
        raw({"1.W": tensor(shape=[2.0, 2])}, BODY), raw({"1.W": tensor(dtype="C64", shape=[2])}, BODY),
        raw({"1.W": tensor(dtype=["F32"])}, BODY), raw({"1.W": tensor(offsets=[0, 15])}, BODY),
        raw({"1.W": tensor(offsets=[16, 32])}, BODY), raw({"1.W": tensor(offsets=[0, 16, 3])}, BODY),
        raw({"1.W": tensor()}, BODY[:-1]), raw({"1.W": tensor()}, BODY + b"x"), raw({"1.W": tensor()}, BODY * 1000),
        raw({"1.W": tensor(), "2.W": tensor()}, BODY), raw({"1.W": tensor(), "2.W": tensor()}, BODY * 2),
        raw(b'{"1.W":' + json.dumps(tensor()).encode() + b',"1.W":' + json.dumps(tensor()).encode() + b"}", BODY),
        raw({"__metadata__": 3}), raw({"__metadata__": {"a": 3}}), raw({"__metadata__": {"nnplayground": "{"}}),
        raw({str(i): tensor(shape=[0], offsets=[0, 0]) for i in range(20_000)}),
    ],
)  # fmt: skip
def test_damaged_files_are_refused(data):
    code(data)


@given(st.binary(max_size=500))
def test_random_bytes_are_refused(data):
    code(data)


@given(st.binary(max_size=300), st.binary(max_size=40))
def test_random_headers_are_refused(header, body):
    code(raw(b"{" + header, body))


def test_every_cut_is_refused():
    data = weights.dumps(NETWORK, VECTOR)
    for end in range(len(data)):
        code(data[:end])


def test_every_flipped_bit_is_noticed():
    data = weights.dumps(NETWORK, VECTOR)
    for place in range(len(data)):
        for bit in (0, 3, 7):
            changed = bytearray(data)
            changed[place] ^= 1 << bit
            try:
                assert np.array_equal(weights.loads(bytes(changed), NETWORK), VECTOR)
            except FileProblem:
                continue


def test_a_description_travels_with_the_arrays():
    arrays, description = unpack(pack(ARRAYS, {"note": "重み", "n": [1, 2.5]}), "a")
    assert description == {"note": "重み", "n": [1, 2.5]}
    assert arrays.keys() == ARRAYS.keys()


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(resources, "path", tmp_path.joinpath)
    (tmp_path / "models").mkdir()
    return tmp_path / "models"


def test_an_experiment_starts_with_the_bundled_parameters_that_it_names(models: Path):
    (models / "mine.safetensors").write_bytes(weights.dumps(NETWORK, VECTOR, np.float16))
    found = weights.trained(Experiment(weights="mine"))
    assert found is not None and np.array_equal(found, VECTOR.astype(np.float16).astype(np.float32))
    assert weights.trained(Experiment()) is None


@pytest.mark.parametrize("content", [None, b"", b"damaged", weights.dumps(NETWORK, VECTOR)[:-1]])
def test_m30_a_missing_or_damaged_model_is_told_and_does_not_stop_anything(models: Path, content):
    if content is not None:
        (models / "mine.safetensors").write_bytes(content)
    told = []
    assert weights.trained(Experiment(weights="mine"), told.append) is None
    assert "starts fresh" in told[0].text.en


@pytest.mark.parametrize("name", ["../mine", "/etc/passwd", "a/b", "a.b", "..", "a\0b"])
def test_a_name_of_parameters_is_not_a_path(models: Path, name):
    (models.parent / "mine.safetensors").write_bytes(weights.dumps(NETWORK, VECTOR))
    with pytest.raises(FileProblem, match="no trained parameters"):
        weights.bundled(Experiment(weights=name))
