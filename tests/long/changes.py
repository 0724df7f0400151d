"""Changed files: good ones with places flipped, cut, doubled, moved, or with something odd put in."""

from __future__ import annotations

import json
from random import Random
from typing import Any

_ODD = [
    *(0, -1, 1, 2**31, 2**63, 10**30, 0.5, -0.0, 1e308, 1e-320, True, None),
    *("", "x", "\0", "\u202e", "../x", "\ud800", [], {}, [[]], [0, 0]),
]
_BYTES = [
    *(b"\0", b"\xff" * 4, b"\x7f\xff\xff\xff", b"{", b"}", b"[" * 50, b'"', b",", b"\n", b"\r", b";"),
    *(b"1e999", b"\x80\x04", b"\x81@"),
]


def change(data: bytes, random: Random) -> bytes:
    """`data` changed as JSON if that is what it is, or as bytes."""
    if data[:1] == b"{" and random.random() < 0.7:
        try:
            return change_json(data, random)
        except (ValueError, RecursionError):
            pass
    return change_bytes(data, random)


def change_bytes(data: bytes, random: Random) -> bytes:
    """`data` with a few places flipped, cut, doubled, or with something odd put in."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        place, length = random.randrange(len(changed) + 1), random.choice((1, 1, 2, 4, 8, 64))
        match random.randrange(5):
            case 0 if place < len(changed):
                changed[place] ^= 1 << random.randrange(8)
            case 1:
                changed[place:place] = random.choice(_BYTES)
            case 2:
                del changed[place : place + length]
            case 3:
                changed[place:place] = changed[place : place + length]
            case _:
                changed[place : place + length] = random.randbytes(min(length, len(changed) - place))
    return bytes(changed[: random.randrange(1, len(changed) + 1)] if changed and random.random() < 0.05 else changed)


def change_json(data: bytes, random: Random) -> bytes:
    """The JSON in `data` with a few values replaced, moved, left out or renamed; raises `ValueError` if it is none."""
    value = json.loads(data)
    for _ in range(random.choice((1, 1, 2, 3))):
        places = _places(value)
        if not places:
            break
        where, key = random.choice(places)
        source, name = random.choice(places)
        match random.randrange(4):
            case 0:
                del where[key]
            case 1 if isinstance(where, dict):
                where[str(name)] = where.pop(key)
            case 2:
                where[key] = json.loads(json.dumps(source[name]))
            case _:
                where[key] = json.loads(json.dumps(random.choice(_ODD)))
    return json.dumps(value).encode()


def _places(value: Any) -> list[tuple[Any, Any]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, item in list(inside) for place in ((value, key), *_places(item))]
