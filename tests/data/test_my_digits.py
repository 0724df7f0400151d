import json
from pathlib import Path

import numpy as np
import pytest

from nnplayground.data import my_digits
from nnplayground.data.datasets.my_digits import MyDigits
from nnplayground.data.files import FileProblem
from nnplayground.data.handwriting.synthesis import strokes_of
from nnplayground.data.my_digits import KeptDigit
from nnplayground.data.strokes import digit_image
from nnplayground.storage import my_digits as storage
from nnplayground.text import Problem


def some(count: int = 12) -> tuple[KeptDigit, ...]:
    rng = np.random.default_rng(5)
    return tuple(KeptDigit.of(i % 10, strokes_of(i % 10, rng)) for i in range(count))


def test_what_is_kept_is_read_again_and_redrawn_the_same(tmp_path: Path) -> None:
    storage.save(tmp_path / "new" / "mine.json", some())
    again = my_digits.read(tmp_path / "new" / "mine.json")
    assert again == some()
    drawn = strokes_of(0, np.random.default_rng(5))
    assert abs(again[0].pixels / 255 - digit_image(drawn)).max() < 0.02


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "damaged"),
        (b"\x00\xff\xfe", "damaged"),
        (b"[" * 100_000, "damaged"),
        (b'{"format": 1}', "not-ours"),
        (b'{"format": 99, "digits": []}', "newer"),
        (b'{"format": 1, "digits": [{"label": 10, "strokes": [[[0, 0]]]}]}', "damaged"),
        (b'{"format": 1, "digits": [{"label": true, "strokes": [[[0, 0]]]}]}', "damaged"),
        (b'{"format": 1, "digits": [{"label": 1, "strokes": []}]}', "damaged"),
        (b'{"format": 1, "digits": [{"label": 1, "strokes": [[[0, NaN]]]}]}', "damaged"),
        (b'{"format": 1, "digits": [{"label": 1, "strokes": [[[0, 1e999]]]}]}', "damaged"),
        (b'{"format": 1, "digits": [{"label": 1, "strokes": "7", "pen": 0.1}]}', "damaged"),
        (b'{"format": 1, "digits": [{"label": 1, "strokes": [[[0, 0]]], "pen": null}]}', "damaged"),
        (b'{"format": 1, "digits": [7]}', "damaged"),
        (json.dumps({"format": 1, "digits": [{}] * (my_digits.MOST + 1)}).encode(), "too-large"),
    ],
)
def test_what_is_no_collection_is_refused_in_words(data: bytes, code: str) -> None:
    with pytest.raises(FileProblem) as caught:
        my_digits.parse(data, "mine.json")
    assert caught.value.code == code


def test_a_truncated_file_is_refused_and_kept_as_a_backup(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    whole = my_digits.encode(some(2))
    for length in range(len(whole)):
        with pytest.raises(FileProblem):
            my_digits.parse(whole[:length], "mine.json")
    for attempt in ("mine.bak", "mine.1.bak"):
        file.write_bytes(whole[:100])
        digits, told = storage.open_or_set_aside(file)
        assert digits == () and told is not None and attempt in told.en and attempt in told.ja
        assert (tmp_path / attempt).read_bytes() == whole[:100]
        assert not file.exists()
    assert storage.open_or_set_aside(file) == ((), None)


def test_a_newer_file_is_left_where_it_is(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_bytes(b'{"format": 2, "digits": []}')
    with pytest.raises(FileProblem):
        storage.open_or_set_aside(file)
    assert file.exists()


def test_only_drawings_with_a_label_are_kept() -> None:
    for label, strokes in ((10, [[(0, 0)]]), (-1, [[(0, 0)]]), (1, []), (1, [[]])):
        with pytest.raises(Problem):
            KeptDigit.of(label, strokes)


def test_alone_some_digits_are_held_out() -> None:
    storage.save(my_digits.path(), some(20))
    data = MyDigits(mix="alone", test_share=0.25).load()
    assert (len(data.x_train), len(data.x_test)) == (15, 5)
    assert 0.9 < data.x_train.max() <= 1.0
    rows = np.concatenate([data.x_train, data.x_test])
    expected = np.stack([d.pixels for d in some(20)]).reshape(20, -1) / np.float32(255)
    assert np.array_equal(np.unique(rows, axis=0), np.unique(expected, axis=0))


def test_mixed_each_digit_is_among_the_others_as_often_as_asked() -> None:
    storage.save(my_digits.path(), some(3))
    data = MyDigits(mix="generated", others=200, copies=7).load()
    assert len(data.x_train) == 200 + 3 * 7
    mine = some(3)[2].pixels.ravel() / np.float32(255)
    found = (data.x_train == mine).all(axis=1)
    assert found.sum() == 7 and set(data.train_labels[found]) == {2}
    assert not (data.x_test == mine).all(axis=1).any()


def test_without_digits_there_is_nothing_to_train_on() -> None:
    with pytest.raises(Problem, match="kept 0 digits"):
        MyDigits().load()
