"""A million changed files against every loader: `python -m tests.long.fuzz`.

Each must give an object or a Problem; what does anything else, or takes longer than `SLOW`, is written into the folder
`--out` with its traceback. Each target has a process of its own, so that one which dies is named. Where atheris is
installed (`pip install atheris`, Python 3.11 to 3.13) it looks for inputs that reach new code; without it good files
are changed at random.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

from nnplayground.text import Problem
from tests.long.changes import change

SLOW = 10.0
"""Seconds of the processor that a file may take."""
STUCK = 600
"""Seconds after which atheris ends a target that does not come back."""
LONGEST = 8192
"""Bytes of an input that atheris makes."""
NAMES = (
    *("experiment", "project", "project-inside", "weights", "weights-inside", "idx", "table", "points"),
    *("picture", "share-code", "share-code-inside", "my-digits", "settings"),
)


class Tally:
    """Tries inputs on one target and counts; says so and ends the process after the last."""

    def __init__(self, name: str, load: Any, last: int, out: Path) -> None:
        self._name, self._load, self._last, self._out = name, load, last, out
        self.count, self._found, self._began = 0, set[str](), time.monotonic()

    def try_one(self, data: bytes) -> None:
        began, why = time.process_time(), ""
        try:
            self._load(data)
        except Problem:
            pass
        except Exception:
            why = traceback.format_exc()
        took = time.process_time() - began
        if why or took > SLOW:
            self._keep(data, why or f"{took:.1f} s")
        self.count += 1
        if self.count == self._last:
            print(json.dumps([self.count, len(self._found), time.monotonic() - self._began]), flush=True)
            os._exit(0)  # atheris has no other way to stop

    def _keep(self, data: bytes, why: str) -> None:
        place = "\n".join(why.splitlines()[-3:])
        if place not in self._found:  # once each
            self._found.add(place)
            path = self._out / f"{self._name}-{len(self._found)}"
            path.write_bytes(data)
            path.with_suffix(".txt").write_text(why, "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--inputs", type=int, default=1_000_000, help="for all targets together")
    parser.add_argument("--only", choices=NAMES, help="one target")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("fuzz-found"))
    parser.add_argument("--plain", action="store_true", help="without atheris, even if it is installed")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.plain |= importlib.util.find_spec("atheris") is None
    options.out.mkdir(parents=True, exist_ok=True)
    if options.here:
        return _plain(options) if options.plain else _atheris(options)
    print("good files changed at random, without atheris" if options.plain else "inputs found by atheris", flush=True)
    names = [options.only] if options.only else NAMES
    total, wrong = 0, 0
    for name in names:
        count, found, seconds = _in_own_process(name, -(-options.inputs // len(names)), options)
        total, wrong = total + count, wrong + found
        print(f"{name:20} {count:9,} inputs in {seconds:5.0f} s, {found} broke their promise", flush=True)
    print(f"{'all':20} {total:9,} inputs, {wrong} broke their promise" + (f": see {options.out}" if wrong else ""))
    return int(wrong > 0)


def _in_own_process(name: str, inputs: int, options: argparse.Namespace) -> tuple[int, int, float]:
    """How many inputs were tried, how many kinds of fault were found, in how many seconds."""
    command = [sys.executable, "-m", "tests.long.fuzz", "--here", "--only", name, "--inputs", str(inputs)]
    command += ["--seed", str(options.seed), "--out", str(options.out), *(["--plain"] if options.plain else [])]
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
        noise = Path(folder) / "noise"
        with noise.open("wb") as stderr:
            env = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "TMPDIR": folder}
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=stderr, env=env, check=False)
        if done.returncode == 0:
            count, found, seconds = json.loads(done.stdout.splitlines()[-1])
            return count, found, seconds
        (options.out / f"{name}-died.txt").write_bytes(noise.read_bytes()[-100_000:])
        return 0, 1, 0.0


def _plain(options: argparse.Namespace) -> int:
    from tests.long.targets import TARGETS

    load, seeds = TARGETS[options.only]
    tally, rng = Tally(options.only, load, options.inputs, options.out), random.Random(options.seed)
    while True:
        tally.try_one(change(rng.choice(seeds), rng))


def _atheris(options: argparse.Namespace) -> int:
    import atheris

    with atheris.instrument_imports(include=["nnplayground"]):
        from tests.long.targets import FOLDER, TARGETS
    load, seeds = TARGETS[options.only]
    corpus = FOLDER / "corpus"
    corpus.mkdir()
    for i, seed in enumerate(seeds):
        (corpus / str(i)).write_bytes(seed)

    def mutate(data: bytes, longest: int, seed: int) -> bytes:
        rng = random.Random(seed)
        changed: bytes = atheris.Mutate(data, longest) if rng.random() < 0.5 else change(data, rng)[:longest]
        return changed

    limits = [f"-timeout={STUCK}", f"-max_len={LONGEST}", "-rss_limit_mb=2048"]
    limits += [f"-artifact_prefix={options.out}/{options.only}-", "-verbosity=0", f"-seed={options.seed}"]
    tally = Tally(options.only, load, options.inputs, options.out)
    atheris.Setup([sys.argv[0], str(corpus), *limits], tally.try_one, custom_mutator=mutate)
    atheris.Fuzz()
    return 1


if __name__ == "__main__":
    sys.exit(main())
