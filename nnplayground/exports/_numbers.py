"""Arrays inside a script: short ones to be read, long ones packed into letters that only NumPy is needed to unpack."""

from __future__ import annotations

import base64
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

WIDTH = 116
"""Letters in a line."""
READABLE = 40
"""Numbers of an array that is written out."""
UNPACK = '''
def unpack(letters, kind, shape):
    """The array that is packed into `letters`."""
    return np.frombuffer(zlib.decompress(base64.b85decode("".join(letters.split()))), kind).reshape(shape)
'''


def expression(array: NDArray[Any]) -> str:
    """Python that makes `array`, float32 or uint8, to the last bit; it needs NumPy as `np`, and perhaps `unpack`."""
    if array.size <= READABLE and array.dtype == np.float32:
        return f"np.array({_nested(array.tolist())}, np.float32)"
    letters = base64.b85encode(zlib.compress(np.ascontiguousarray(array).tobytes(), 9)).decode()
    lines = "\n".join(letters[i : i + WIDTH] for i in range(0, len(letters), WIDTH))
    kind = {"float32": "<f4", "uint8": "u1", "int64": "<i8"}[array.dtype.name]
    return f"unpack(r'''\n{lines}\n''', \"{kind}\", {array.shape!r})"


def _nested(numbers: Any) -> str:
    """Lists of numbers with as few digits as float32 needs."""
    if isinstance(numbers, list):
        return f"[{', '.join(map(_nested, numbers))}]"
    return str(np.float32(numbers))
