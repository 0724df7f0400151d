"""Every IDX file is either read whole or refused with one kind of error."""

from __future__ import annotations

import contextlib
import gzip
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnplayground.data.files import FileProblem
from nnplayground.data.idx import read_idx, read_pair

IMAGES = np.random.default_rng(0).integers(0, 256, (5, 4, 3), dtype=np.uint8)
LABELS = np.array([3, 1, 4, 1, 9], dtype=np.uint8)
anywhere = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)


def idx(array: np.ndarray, code: int = 8) -> bytes:
    big = array.astype(array.dtype.newbyteorder(">"))
    return struct.pack(f">HBB{array.ndim}I", 0, code, array.ndim, *array.shape) + big.tobytes()


def write(folder: Path, data: bytes, name: str = "a-ubyte") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_images_and_labels_are_read(tmp_path: Path, pack: type) -> None:
    images, labels = read_pair(write(tmp_path, pack(idx(IMAGES)), "i"), write(tmp_path, pack(idx(LABELS)), "l"))
    assert np.array_equal(images, IMAGES)
    assert labels.tolist() == [3, 1, 4, 1, 9]


@pytest.mark.parametrize(("code", "dtype"), [(9, "i1"), (0x0B, "i2"), (0x0C, "i4"), (0x0D, "f4"), (0x0E, "f8")])
def test_other_numbers_are_read_in_this_machines_order(tmp_path: Path, code: int, dtype: str) -> None:
    array = np.array([[1, -2], [3, 100]], dtype)
    found = read_idx(write(tmp_path, idx(array, code)))
    assert found.dtype == dtype and np.array_equal(found, array)


def test_i06_a_second_gzip_member_is_not_read(tmp_path: Path) -> None:
    packed = gzip.compress(idx(LABELS))
    assert read_idx(write(tmp_path, packed + packed)).tolist() == LABELS.tolist()


@anywhere
@given(st.binary(min_size=4, max_size=4))
def test_i01_any_first_four_bytes_give_an_array_or_a_file_problem(tmp_path: Path, head: bytes) -> None:
    path = write(tmp_path, head + idx(IMAGES)[4:])
    with contextlib.suppress(FileProblem):
        assert read_idx(path).size > 0


@anywhere
@given(st.binary(max_size=300))
def test_any_bytes_give_an_array_or_a_file_problem(tmp_path: Path, data: bytes) -> None:
    for packed in (data, gzip.compress(data), b"\x1f\x8b" + data):
        with contextlib.suppress(FileProblem):
            read_idx(write(tmp_path, packed))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_file_cut_anywhere_is_refused(tmp_path: Path, pack: type) -> None:
    whole = pack(idx(IMAGES))
    for length in range(len(whole)):
        with pytest.raises(FileProblem):
            read_idx(write(tmp_path, whole[:length]))


def test_i05_a_flipped_bit_in_gzip_never_gives_other_numbers(tmp_path: Path) -> None:
    whole = bytearray(gzip.compress(idx(IMAGES)))
    for at in range(len(whole)):
        whole[at] ^= 0x10
        with contextlib.suppress(FileProblem):
            assert np.array_equal(read_idx(write(tmp_path, bytes(whole))), IMAGES)
        whole[at] ^= 0x10


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (struct.pack(">HBB", 0, 8, 0), "not-idx"),
        (struct.pack(">HBB", 0, 8, 255), "not-idx"),
        (struct.pack(">HBB", 0, 7, 1), "not-idx"),
        (struct.pack(">HBB", 1, 8, 1), "not-idx"),
        (struct.pack(">HBB3I", 0, 8, 3, 2**32 - 1, 2**32 - 1, 2**32 - 1), "too-large"),
        (struct.pack(">HBB3I", 0, 8, 3, 2**32 - 1, 0, 2**32 - 1), "too-large"),
        (struct.pack(">HBBI", 0, 8, 1, 2**28), "truncated"),
    ],
)
def test_i02_bad_headers_are_refused_before_memory_is_taken(tmp_path: Path, head: bytes, code: str) -> None:
    with pytest.raises(FileProblem) as caught:
        read_idx(write(tmp_path, head + bytes(20)))
    assert caught.value.code == code


def test_w11_i05_a_gzip_bomb_is_unpacked_no_further_than_declared(tmp_path: Path) -> None:
    bomb = gzip.compress(idx(LABELS) + bytes(100_000_000))
    with pytest.raises(FileProblem) as caught:
        read_idx(write(tmp_path, bomb))
    assert caught.value.code == "too-long"


@pytest.mark.parametrize(
    ("images", "labels", "words"),
    [
        (IMAGES, LABELS[:4], "5 images but 4 labels"),
        (IMAGES, LABELS + 5, "label 5 is 14"),
        (LABELS, LABELS, "grey images"),
        (IMAGES, IMAGES, "labels"),
        (IMAGES[:0], LABELS[:0], "grey images"),
    ],
)
def test_i03_i04_pairs_that_do_not_fit_are_refused(
    tmp_path: Path, images: np.ndarray, labels: np.ndarray, words: str
) -> None:
    with pytest.raises(FileProblem, match=words):
        read_pair(write(tmp_path, idx(images), "i"), write(tmp_path, idx(labels), "l"))
