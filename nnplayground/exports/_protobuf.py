"""The few rules of the protocol buffer encoding (developers.google.com/protocol-buffers/docs/encoding) that ONNX needs."""

from __future__ import annotations

import struct

Value = int | float | str | bytes


def varint(number: int) -> bytes:
    """Seven bits in each byte, the lowest first; negative numbers as 64 bits."""
    number &= (1 << 64) - 1
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def message(*fields: tuple[int, Value]) -> bytes:
    """A message of (field number, value): whole numbers as varints, floats in 4 bytes, all else with its length."""
    return b"".join(_field(number, value) for number, value in fields)


def _field(number: int, value: Value) -> bytes:
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    if isinstance(value, float):
        return varint(number << 3 | 5) + struct.pack("<f", value)
    data = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(data)) + data
