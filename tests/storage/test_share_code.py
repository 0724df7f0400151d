import base64
import time
import zlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.data.files import FileProblem
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.layers.dense import Dense
from nnplayground.storage import ready_made, share_code
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment

MINE = Experiment(
    title=Text.same("私の"), layers=(Dense(7, Tanh()), Dense(3)), learning_rate=0.3, class_weights=(1.0, 2.0, 1.0), silenced=((0, 1),)
)  # fmt: skip
CODE = share_code.encode(MINE)


def code_of(data: bytes) -> str:
    press = zlib.compressobj(9, wbits=-15)
    packed = press.compress(data) + press.flush()
    return share_code.PREFIX + base64.urlsafe_b64encode(zlib.crc32(packed).to_bytes(4) + packed).decode()


def test_settings_come_back() -> None:
    assert share_code.decode(CODE) == MINE and len(CODE) < 250


@pytest.mark.parametrize("name", ready_made.names())
def test_each_ready_made_experiment_fits_into_a_message(name: str) -> None:
    experiment = ready_made.load(name)
    code = share_code.encode(experiment)
    found = share_code.decode(code)
    assert found == experiment.replace(name="", description=found.description) and len(code) < 600


def test_a_code_that_a_mail_program_broke_into_lines() -> None:
    assert share_code.decode("\n".join(f"  {CODE[i : i + 30]}\r" for i in range(0, len(CODE), 30))) == MINE


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("", "not-ours"), ("hello", "not-ours"), ("nnp2." + CODE[5:], "newer"), (CODE[:-3], "damaged"), (CODE + "A", "damaged"),
        (CODE.replace("nnp1.", "nnp1.!"), "damaged"), ("nnp1.", "damaged"), ("nnp1." + "A" * 60_000, "too-large"),
        (code_of(b"\xc1"), "damaged"), (code_of(msgspec.msgpack.encode([1])), "damaged"),
        (code_of(msgspec.msgpack.encode({"format": 99})), "newer"), (code_of(msgspec.msgpack.encode({"format": 1, "x": 1})), "unknown"),
        (code_of(msgspec.msgpack.encode({"format": 1, "seed": -1})), "value"), (code_of(b"\x91" * 5000), "damaged"),
        (code_of(msgspec.msgpack.encode({"format": 1, "layers": [{"id": "os.system"}]})), "unknown"),
    ],
)  # fmt: skip
def test_what_is_no_code_is_refused_in_one_sentence(words: str, code: str) -> None:
    with pytest.raises(FileProblem) as caught:
        share_code.decode(words)
    assert caught.value.code == code and caught.value.text.ja and len(caught.value.text.en) < 500


def test_m06_a_bomb_takes_neither_memory_nor_time() -> None:
    began = time.monotonic()
    with pytest.raises(FileProblem):
        share_code.decode(code_of(bytes(20_000_000)))
    assert time.monotonic() - began < 8


@given(
    st.one_of(st.text(), st.binary().map(code_of), st.text(alphabet="ABCabc012-_").map(lambda s: share_code.PREFIX + s))
)
def test_m04_random_words(words: str) -> None:
    with pytest.raises(FileProblem):
        share_code.decode(words)


@given(st.integers(5, len(CODE) - 1), st.sampled_from("AZaz09-_"))
def test_m03_a_changed_letter_is_noticed(place: int, letter: str) -> None:
    changed = CODE[:place] + letter + CODE[place + 1 :]
    try:
        assert share_code.decode(changed) == MINE
    except FileProblem:
        assert changed != CODE
