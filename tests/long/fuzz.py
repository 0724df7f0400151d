"""Changed files against every loader, for as long as you like: `python -m tests.long.fuzz --seconds 600`.

Each must give an object or a Problem; what does anything else, or takes longer than `SLOW`, is written into the folder
`--out` with its traceback. With `--atheris TARGET`, atheris (which has to be installed) drives one target instead.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import sys
import time
import traceback
from pathlib import Path
from typing import Any

from nnplayground.text import Problem

SLOW = 10.0
"""Seconds that a file may take."""
_ODD = [
    0,
    -1,
    1,
    2**31,
    2**63,
    10**30,
    0.5,
    -0.0,
    1e308,
    1e-320,
    True,
    None,
    "",
    "x",
    "\0",
    "\u202e",
    "../x",
    [],
    {},
    [[]],
    [0, 0],
]
_BYTES = [
    b"\0",
    b"\xff" * 4,
    b"\x7f\xff\xff\xff",
    b"{",
    b"}",
    b"[" * 50,
    b'"',
    b",",
    b"\n",
    b"\r",
    b";",
    b"1e999",
    b"\x80\x04",
    b"\x81@",
]


def change_bytes(data: bytes, random: random.Random) -> bytes:
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


def change_json(data: bytes, random: random.Random) -> bytes:
    """The JSON in `data` with a few values replaced, moved, left out or renamed."""
    value = json.loads(data)
    for _ in range(random.choice((1, 1, 2, 3))):
        places = _places(value)
        where, key = random.choice(places)
        _, other = random.choice(places)
        match random.randrange(4):
            case 0:
                del where[key]
            case 1 if isinstance(where, dict):
                where[str(other)] = where.pop(key)
            case 2:
                source, name = random.choice(places)
                if name in source if isinstance(source, dict) else name < len(source):
                    where[key] = json.loads(json.dumps(source[name]))
            case _:
                where[key] = json.loads(json.dumps(random.choice(_ODD)))
        if not _places(value):
            break
    return json.dumps(value).encode()


def _places(value: Any) -> list[tuple[Any, Any]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, item in list(inside) for place in ((value, key), *_places(item))]


def try_one(name: str, load: Any, data: bytes, out: Path) -> bool:
    """Whether `load` keeps its promise; if not, it is said and the file is kept."""
    began = time.monotonic()
    try:
        load(data)
    except Problem:
        pass
    except Exception:
        return _keep(name, data, traceback.format_exc(), out)
    took = time.monotonic() - began
    return took < SLOW or _keep(name, data, f"{took:.1f} s", out)


def _keep(name: str, data: bytes, why: str, out: Path) -> bool:
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{name}-{abs(hash(data)):x}"
    path.write_bytes(data)
    print(f"{path}: {why}", file=sys.stderr)
    return False


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=180.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", help="one target")
    parser.add_argument("--out", type=Path, default=Path("fuzz-found"))
    parser.add_argument("--atheris", metavar="TARGET")
    options = parser.parse_args()
    if options.atheris:
        return _atheris(options)
    from tests.long.targets import TARGETS

    rng, count, bad = random.Random(options.seed), dict.fromkeys(TARGETS, 0), dict.fromkeys(TARGETS, 0)
    end = time.monotonic() + options.seconds
    names = [options.only] if options.only else list(TARGETS)
    while time.monotonic() < end:
        name = rng.choice(names)
        load, seeds = TARGETS[name]
        for _ in range(20):
            seed = rng.choice(seeds)
            changed = change_json(seed, rng) if seed[:1] == b"{" and rng.random() < 0.7 else change_bytes(seed, rng)
            count[name] += 1
            bad[name] += not try_one(name, load, changed, options.out)
    for name in names:
        print(f"{name:20} {count[name]:9,} inputs, {bad[name]} broke their promise")
    print(f"{'all':20} {sum(count.values()):9,} inputs, {sum(bad.values())} broke their promise")
    return int(any(bad.values()))


def _atheris(options: argparse.Namespace) -> int:
    import atheris

    with atheris.instrument_imports(include=["nnplayground"]):
        from tests.long.targets import FOLDER, TARGETS
    load, seeds = TARGETS[options.atheris]
    corpus = FOLDER / "corpus"
    corpus.mkdir()
    for i, seed in enumerate(seeds):
        (corpus / str(i)).write_bytes(seed)

    def one(data: bytes) -> None:
        with contextlib.suppress(Problem):
            load(data)

    limits = [f"-max_total_time={options.seconds:.0f}", f"-timeout={SLOW:.0f}", "-rss_limit_mb=4096"]
    atheris.Setup([sys.argv[0], str(corpus), f"-artifact_prefix={options.out}-", *limits], one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
