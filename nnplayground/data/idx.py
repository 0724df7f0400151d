"""IDX files, the format of MNIST: a header with the type and the sizes, then the numbers, big end first.

Either plain or gzip. The header is checked before anything else is read, and what is unpacked is bounded by what the
header declares, so that no file can take more memory than `LIMIT`.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplayground.data.files import FileProblem, read_bytes
from nnplayground.text import Text

LIMIT = 1 << 29
"""Most bytes that an IDX file may hold, unpacked."""
_TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
_DIMENSIONS = 8
_CHUNK = 1 << 20


def read_idx(path: Path, limit: int = LIMIT) -> NDArray[Any]:
    """The array in the IDX file `path`, in the machine's byte order; raises `FileProblem`."""
    name = path.name[:80]
    reader = _Reader(_unpacked(read_bytes(path, limit), name), name)
    start = reader.take(4)
    if start[:2] != b"\0\0" or start[2] not in _TYPES or not 1 <= start[3] <= _DIMENSIONS:
        raise FileProblem("not-idx", _NOT_IDX.format(name=name))
    dtype = np.dtype(_TYPES[start[2]])
    shape = tuple(int(n) for n in np.frombuffer(reader.take(4 * start[3]), ">u4"))
    # A 0 does not make the other sizes harmless: an array of many rows of nothing is still many rows.
    declared = math.prod(n or 1 for n in shape) * dtype.itemsize
    if declared > limit:
        raise FileProblem("too-large", _TOO_LARGE.format(name=name, size=declared / 1e6, limit=limit / 1e6))
    array = np.frombuffer(reader.take(math.prod(shape) * dtype.itemsize), dtype).reshape(shape)
    reader.expect_end()
    return array.astype(dtype.newbyteorder("="))


def read_pair(images: Path, labels: Path, classes: int = 10) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Images (n, height, width) uint8 and labels (n,) below `classes` of two files that belong together."""
    x, y = read_idx(images), read_idx(labels)
    if x.ndim != 3 or x.dtype != np.uint8 or 0 in x.shape:
        raise FileProblem("not-images", _NOT_IMAGES.format(name=images.name[:80]))
    if y.ndim != 1 or y.dtype.kind not in "ui":
        raise FileProblem("not-labels", _NOT_LABELS.format(name=labels.name[:80]))
    if len(x) != len(y):
        raise FileProblem("counts", _COUNTS.format(images=len(x), labels=len(y)))
    wrong = (y < 0) | (y >= classes)
    if wrong.any():
        at = int(np.argmax(wrong))
        raise FileProblem("label", _LABEL.format(name=labels.name[:80], row=at + 1, label=int(y[at]), last=classes - 1))
    return x, y.astype(np.int64)


class _Reader:
    """Takes so many bytes at a time from a stream of chunks."""

    def __init__(self, chunks: Iterator[bytes], name: str) -> None:
        self._chunks, self._name = chunks, name
        self._rest = b""

    def take(self, count: int) -> bytes:
        parts, have = [self._rest], len(self._rest)
        while have < count:
            chunk = next(self._chunks, b"")
            if not chunk:
                raise FileProblem("truncated", _TRUNCATED.format(name=self._name))
            parts.append(chunk)
            have += len(chunk)
        whole = b"".join(parts)
        self._rest = whole[count:]
        return whole[:count]

    def expect_end(self) -> None:
        if self._rest or next(self._chunks, b""):
            raise FileProblem("too-long", _TOO_LONG.format(name=self._name))


def _unpacked(data: bytes, name: str) -> Iterator[bytes]:
    """`data` itself, or the first member of gzip `data`, in chunks."""
    if data[:2] != b"\x1f\x8b":
        yield data
        return
    member = zlib.decompressobj(wbits=31)
    rest = data
    while not member.eof:
        try:
            chunk = member.decompress(rest, _CHUNK)
        except zlib.error:
            raise FileProblem("damaged", _DAMAGED.format(name=name)) from None
        rest = member.unconsumed_tail
        if not chunk and not member.eof and not rest:
            raise FileProblem("truncated", _TRUNCATED.format(name=name))
        if chunk:
            yield chunk


_NOT_IDX = Text(
    "{name} is not an IDX file of numbers; choose a file like train-images-idx3-ubyte.gz.",
    "{name} は IDX 形式の数値ファイルではありません。train-images-idx3-ubyte.gz のようなファイルを選んでください。",
)
_TOO_LARGE = Text(
    "{name} declares {size:.0f} MB, and at most {limit:.0f} MB are read; choose a smaller file.",
    "{name} の内容は {size:.0f} MB とされていますが、読めるのは {limit:.0f} MB までです。"
    "小さいファイルを選んでください。",
)
_TRUNCATED = Text(
    "{name} ends too early; get the file again.", "{name} が途中で切れています。ファイルを入手し直してください。"
)
_TOO_LONG = Text(
    "{name} holds more numbers than its header says; get the file again.",
    "{name} に、ヘッダーの記述より多くの数値が入っています。ファイルを入手し直してください。",
)
_DAMAGED = Text(
    "{name} is damaged (gzip); get the file again.",
    "{name} が壊れています（gzip）。ファイルを入手し直してください。",
)
_NOT_IMAGES = Text(
    "{name} does not hold grey images; choose a file like train-images-idx3-ubyte.gz.",
    "{name} の内容はグレースケール画像ではありません。train-images-idx3-ubyte.gz のようなファイルを選んでください。",
)
_NOT_LABELS = Text(
    "{name} does not hold labels; choose a file like train-labels-idx1-ubyte.gz.",
    "{name} の内容はラベルではありません。train-labels-idx1-ubyte.gz のようなファイルを選んでください。",
)
_COUNTS = Text(
    "There are {images} images but {labels} labels; choose two files that belong together.",
    "画像が {images} 枚、ラベルが {labels} 個で数が合いません。対になる 2 つのファイルを選んでください。",
)
_LABEL = Text(
    "{name}: label {row} is {label}, but labels go from 0 to {last}; choose another file.",
    "{name}: {row} 番目のラベルが {label} です。ラベルは 0 から {last} までです。別のファイルを選んでください。",
)
