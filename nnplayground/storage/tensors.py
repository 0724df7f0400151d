"""Arrays in a safetensors file, with a description of our own and a checksum over both. No pickle.

The file's only metadata key is "nnplayground", a JSON object: one key, because safetensors writes several in any order
and the same content must give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import safetensors
import safetensors.numpy
from numpy.typing import NDArray

from nnplayground.data.files import FileProblem
from nnplayground.storage.parsing import damaged, parse_object, shorten
from nnplayground.text import Text

AnyArray = NDArray[Any]

KEY = "nnplayground"
ITEM_SIZES = {"F16": 2, "F32": 4, "F64": 8, "I64": 8, "U64": 8, "U8": 1}
MAX_HEADER = 8_000_000
MAX_TENSORS = 10_000


def pack(arrays: Mapping[str, AnyArray], description: Mapping[str, Any]) -> bytes:
    """A safetensors file of `arrays` (any memory order) and `description` (what JSON can hold)."""
    contiguous = {name: np.ascontiguousarray(array) for name, array in sorted(arrays.items())}
    content = {**description, "sha256": checksum(contiguous, description)}
    return safetensors.numpy.save(contiguous, {KEY: json.dumps(content, ensure_ascii=False)})


def unpack(data: bytes, name: str) -> tuple[dict[str, AnyArray], dict[str, Any]]:
    """The arrays and the description in a safetensors file (empty if another program wrote it); raises `FileProblem`.

    `name` is the file's, for messages. Sizes are checked from the header before anything is made.
    """
    metadata = _checked_header(data, shorten(name))
    try:
        arrays = safetensors.numpy.load(data)
    except (safetensors.SafetensorError, ValueError, TypeError, KeyError, MemoryError) as error:
        raise damaged(name, str(error)) from None
    if KEY not in metadata:
        return arrays, {}
    description = parse_object(metadata[KEY].encode(), shorten(name))
    if description.pop("sha256", None) != checksum(arrays, description):
        raise damaged(name, "checksum")
    return arrays, description


def looks_like_tensors(data: bytes) -> bool:
    """Whether `data` starts as a safetensors file does: eight bytes with the length of a JSON header."""
    return len(data) >= 10 and int.from_bytes(data[:8], "little") <= MAX_HEADER and data[8:9] == b"{"


def checksum(arrays: Mapping[str, AnyArray], description: Mapping[str, Any]) -> str:
    """SHA-256 over names, types, shapes and values of `arrays`, and over `description`."""
    digest = hashlib.sha256(json.dumps(description, sort_keys=True).encode())
    for name, array in sorted(arrays.items()):
        digest.update(json.dumps([name, array.dtype.str, array.shape]).encode())
        digest.update(np.ascontiguousarray(array).data.cast("B") if array.size else b"")
    return digest.hexdigest()


def _checked_header(data: bytes, name: str) -> dict[str, str]:
    """The metadata of a header whose every number agrees with the length of the file."""
    if not looks_like_tensors(data):
        raise FileProblem("not-ours", _NOT_TENSORS.format(name=name))
    size = int.from_bytes(data[:8], "little")
    if 8 + size > len(data):
        raise damaged(name, "shorter than its header says")
    header = parse_object(data[8 : 8 + size], name)
    metadata = header.pop("__metadata__", {})
    if not isinstance(metadata, dict) or not all(isinstance(v, str) for v in metadata.values()):
        raise damaged(name, "metadata")
    if len(header) > MAX_TENSORS:
        raise damaged(name, f"{len(header)} arrays")
    if sum(_checked_size(key, value, name) for key, value in header.items()) != len(data) - 8 - size:
        raise damaged(name, "length")
    return metadata


def _checked_size(key: str, entry: Any, name: str) -> int:
    """Bytes of one array as the header has it: type and shape must be sound and fit its place in the file."""
    known = isinstance(entry, dict) and entry.keys() == {"dtype", "shape", "data_offsets"}
    if not known or not _whole(entry["shape"]) or not _whole(entry["data_offsets"]) or len(entry["data_offsets"]) != 2:
        raise damaged(name, shorten(key))
    if str(entry["dtype"]) not in ITEM_SIZES:
        raise FileProblem("type", _TYPE.format(name=name, key=shorten(key), found=shorten(entry["dtype"])))
    size: int = math.prod(entry["shape"]) * ITEM_SIZES[entry["dtype"]]
    begin, end = entry["data_offsets"]
    if end - begin != size:
        raise damaged(name, shorten(key))
    return size


def _whole(numbers: Any) -> bool:
    return isinstance(numbers, list) and len(numbers) <= 8 and all(type(n) is int and n >= 0 for n in numbers)


_NOT_TENSORS = Text(
    "{name} is not a file of trained parameters; choose a .safetensors or .nnp file.",
    "{name} は学習済みパラメータのファイルではありません。.safetensors か .nnp のファイルを選んでください。",
)
_TYPE = Text(
    "{name}: the array {key} has the type {found}; only floating-point numbers of 16, 32 or 64 bits are read.",
    "{name}: 配列 {key} の型が {found} です。読めるのは 16・32・64 ビットの浮動小数点数だけです。",
)
