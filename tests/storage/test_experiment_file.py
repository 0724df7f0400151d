import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.data.datasets.three_classes import ThreeClasses
from nnplayground.data.files import FileProblem
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.initializers.normal import Normal
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.optimizers.adam import Adam
from nnplayground.storage import experiment_file
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment

RICH = Experiment(
    name="a", title=Text("One", "一"), dataset=ThreeClasses(samples=30, seed=7),
    layers=(Flatten(), Dense(5, ReLU()), Dense(3, Softmax())), initializer=Normal(std=0.3), optimizer=Adam(beta_1=0.5),
    learning_rate=0.003, batch_size=7, seed=99, l2=0.01,
)  # fmt: skip


def refusal(data: bytes | dict) -> FileProblem:
    raw = json.dumps(data).encode() if isinstance(data, dict) else data
    with pytest.raises(FileProblem) as caught:
        experiment_file.loads(raw, "mine.json")
    assert caught.value.text.en and caught.value.text.ja
    return caught.value


def test_a_file_gives_back_the_experiment_it_was_made_from():
    assert experiment_file.loads(experiment_file.dumps(RICH)) == RICH


def test_saving_what_was_loaded_gives_the_same_bytes():
    first = experiment_file.dumps(RICH)
    assert experiment_file.dumps(experiment_file.loads(first)) == first


@given(st.floats(1e-6, 10), st.integers(1, 100_000), st.integers(0, 2**31 - 1), st.integers(1, 10_000))
def test_every_number_survives_exactly(rate, batch, seed, units):
    made = RICH.replace(learning_rate=rate, batch_size=batch, seed=seed, layers=(Dense(units), Dense(3, Softmax())))
    assert experiment_file.loads(experiment_file.dumps(made)) == made


def test_what_is_left_out_keeps_its_default():
    assert experiment_file.loads(b'{"format": 1, "seed": 5}') == Experiment(seed=5)


def test_the_file_names_no_module_or_class():
    words = experiment_file.dumps(RICH).decode()
    assert "nnplayground" not in words and "ThreeClasses" not in words and "Dense" not in words


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "damaged", "mine.json"),
        (b"[]", "not-ours", "mine.json"),
        (b"{}", "not-ours", "mine.json"),
        (b'{"format": true}', "not-ours", "mine.json"),
        (b'{"format": 2}', "newer", "newer version"),
        (b'{"format": 1, "lr": 1}', "unknown", "lr"),
        (b'{"format": 1, "seed": 1, "seed": 2}', "duplicate", "seed"),
        (b'{"format": 1, "seed": NaN}', "damaged", "mine.json"),
        (b'{"format": 1, "learning_rate": 1e999}', "damaged", "mine.json"),
        (b'{"format": 1, "seed": ' + b"9" * 10_000 + b"}", "damaged", "mine.json"),
        (b'{"format": 1, "seed": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "damaged", "mine.json"),
        (b'{"format": 1, "title": "\xff"}', "damaged", "mine.json"),
        (b'{"format": 1, "title": "\\ud800"}', "damaged", "mine.json"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "damaged", "mine.json"),
        ({"format": 1, "learning_rate": -1}, "value", "Learning rate"),
        ({"format": 1, "learning_rate": None}, "type", "learning_rate"),
        ({"format": 1, "seed": 1.5}, "type", "seed"),
        ({"format": 1, "seed": "1"}, "type", "seed"),
        ({"format": 1, "optimizer": "sgd"}, "type", "optimizer"),
        ({"format": 1, "optimizer": {"id": "warp"}}, "unknown", "warp"),
        ({"format": 1, "optimizer": {"id": ["sgd"]}}, "type", "optimizer"),
        ({"format": 1, "layers": {"id": "dense"}}, "type", "layers"),
        ({"format": 1, "layers": [{"id": "dense"}, {"id": "dense", "units": 0}]}, "value", "layers[1]"),
        ({"format": 1, "layers": [{"id": "dense", "activation": {"id": "x" * 500}}]}, "unknown", "..."),
        ({"format": 1, "layers": [{"id": "dense", "activation": {"id": "relu", "q": 1}}]}, "unknown", "activation.q"),
        ({"format": 1, "layers": [{"id": "flatten"}] * 100_000}, "too-long", "layers"),
        ({"format": 1, "title": {"en": "a"}}, "type", "title"),
        ({"format": 1, "title": {"en": "a", "ja": "b", "de": "c"}}, "type", "title"),
        ({"format": 1, "title": "a" * 1_000_000}, "too-long", "title"),
        ({"format": 1, "id": "experiment"}, "unknown", "id"),
    ],
)  # fmt: skip
def test_a_fault_is_refused_and_its_place_is_named(data, code, words):
    problem = refusal(data)
    assert problem.code == code
    assert words in problem.text.en
    assert len(problem.text.en) < 600


@given(st.binary(max_size=2_000))
def test_random_bytes_are_refused_in_one_way(data):
    assert refusal(data).code in ("damaged", "not-ours")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "units", "en"]), inner),
    max_leaves=5,
)
PLACES = [
    (*at, key)
    for at, keys in [
        ((), ["title", "dataset", "layers", "seed", "optimizer", "learning_rate", "weights"]),
        (("layers", 1), ["id", "units", "activation"]),
        (("optimizer",), ["id", "beta_1"]),
    ]
    for key in keys
]


@given(st.sampled_from(PLACES), JSON)
def test_any_value_at_any_place_gives_an_experiment_or_a_refusal(place, value):
    plain = experiment_file.to_dict(RICH)
    target = plain
    for key in place[:-1]:
        target = target[key]
    target[place[-1]] = value
    try:
        found = experiment_file.loads(json.dumps(plain).encode())
    except FileProblem:
        return
    assert isinstance(found, Experiment)


def test_every_cut_of_a_file_is_refused():
    data = experiment_file.dumps(RICH)
    for end in range(len(data) - 2):
        refusal(data[:end])


def test_words_from_outside_are_shown_escaped():
    shown = refusal({"format": 1, "\u202eabc\n": 1}).text.en
    assert "\u202e" not in shown and "\n" not in shown


def test_a_newer_file_is_left_untouched(tmp_path: Path):
    path = tmp_path / "new.json"
    path.write_text('{"format": 2}')
    with pytest.raises(FileProblem, match="newer"):
        experiment_file.read(path)
    assert path.read_text() == '{"format": 2}'


def places_that_are_no_files(folder: Path) -> dict[str, Path]:
    os.symlink(folder / "nowhere", folder / "dangling")
    os.symlink(folder / "loop", folder / "loop")
    (folder / "nothing").touch()
    found = {name: folder / name for name in ("missing", "dangling", "loop", "nothing")} | {"folder": folder}
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe")
        found |= {"pipe": folder / "pipe", "device": Path("/dev/zero")}
    with open(folder / "sparse", "wb") as file:
        file.truncate(4 << 30)
    return found | {"sparse": folder / "sparse", "nul": Path("a\0b")}


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path):
    codes = {
        "folder": "not-a-file",
        "pipe": "not-a-file",
        "device": "not-a-file",
        "nothing": "empty",
        "sparse": "too-large",
    }
    for kind, path in places_that_are_no_files(tmp_path).items():
        with pytest.raises(FileProblem) as caught:
            experiment_file.read(path)
        assert caught.value.code == codes.get(kind, "unreadable"), kind


def test_a_link_to_a_file_is_followed(tmp_path: Path):
    (tmp_path / "a.json").write_bytes(experiment_file.dumps(RICH))
    os.symlink(tmp_path / "a.json", tmp_path / "b.json")
    assert experiment_file.read(tmp_path / "b.json") == RICH
