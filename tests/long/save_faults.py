"""Each system call of a save fails, or the process is killed at it, one after the other: `python -m tests.long.save_faults`.

Needs strace (Linux). After each try the file holds the old content or the new, whole; a save that said that it failed
left nothing beside the old one, and a save that said nothing has replaced it and brought it to the disk. Then the same
on a drive that cannot rename, where the old content is in the file or in the copy beside it.
"""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

OLD, NEW = b"old content\n", b"new content\n" * 30_000
SAVE = """
import os, sys
from pathlib import Path
from nnplayground.data.files import FileProblem
from nnplayground.storage import atomic
path = Path(sys.argv[1])
atomic.check(path)
os.access("/begin", os.F_OK)
try:
    atomic.write_bytes(path, b"new content\\n" * 30_000)
except FileProblem as problem:
    os.access("/end", os.F_OK)
    sys.exit(str(problem.text.en))
os.access("/end", os.F_OK)
"""
CALLS = "%file,%desc"
CANNOT_RENAME = ("-e", "inject=rename:error=EXDEV")


def traced(path: Path, *how: str) -> tuple[int, str, list[str]]:
    """Exit code, what was said, and the calls of one save under strace."""
    with tempfile.NamedTemporaryFile("r") as log:
        command = [
            "strace",
            "-f",
            "-o",
            log.name,
            "-e",
            f"trace={CALLS}",
            *how,
            sys.executable,
            "-B",
            "-c",
            SAVE,
            str(path),
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        return done.returncode, done.stderr.strip(), [line.split(maxsplit=1)[1] for line in log.readlines()]


def calls_of_a_save(path: Path, drive: tuple[str, ...]) -> list[tuple[str, int]]:
    """Name of each call between the marks, and how many of its name there have been in the process till then."""
    path.write_bytes(OLD)
    code, said, lines = traced(path, *drive)
    assert code == 0 and path.read_bytes() == NEW, said
    if not drive:
        assert_order([line for line in lines if "(" in line])
    counts: Counter[str] = Counter()
    found, inside = [], False
    for line in lines:
        match = re.match(r"(\w+)\(", line)
        if match is None:
            continue
        counts[match[1]] += 1
        if '"/begin"' in line or '"/end"' in line:
            inside = '"/begin"' in line
        elif inside:
            found.append((match[1], counts[match[1]]))
    return found


def assert_order(lines: list[str]) -> None:
    """The content is on the disk before it gets the name, and the name after that."""
    names = [line.split("(")[0] for line in lines]
    renamed = next(i for i, name in enumerate(names) if name.startswith("rename"))
    assert names.index("fsync") < renamed < len(names) - 1 - names[::-1].index("fsync"), "fsync, rename, fsync"


def try_one(folder: Path, call: str, number: int, fault: str, drive: tuple[str, ...]) -> str:
    """What is wrong after that fault; empty if nothing is."""
    for left in folder.iterdir():
        left.unlink()
    path = folder / "mine.nnp"
    path.write_bytes(OLD)
    code, said, lines = traced(path, *drive, "-e", f"inject={call}:{fault}:when={number}")
    if code != -signal.SIGKILL if "KILL" in fault else not any("(INJECTED)" in line for line in lines):
        return "the fault did not happen"
    content, beside = path.read_bytes(), [p.name for p in folder.iterdir() if p != path]
    kept = drive and any((folder / name).read_bytes() == OLD for name in beside)
    if content not in (OLD, NEW) and not kept:
        return "neither the old nor the new file"
    if "Traceback" in said:
        return said
    if code == 0 and content != NEW:
        return "said nothing, but did not save"
    if code == 1 and (content != OLD or "could not be saved" not in said):
        return f"said {said!r}, and the file is {'new' if content == NEW else 'old'}"
    if beside and "signal" not in fault and not call.startswith("unlink"):
        return f"left {beside}"
    return "" if len(beside) <= 1 else f"left {beside}"


def main() -> int:
    return max(try_all(()), try_all(CANNOT_RENAME))


def try_all(drive: tuple[str, ...]) -> int:
    """Each fault at each call; 1 if any of them lost something."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        calls = [call for call in calls_of_a_save(folder / "mine.nnp", drive) if not (drive and call[0] == "rename")]
        faults = [f"error={error}" for error in ("ENOSPC", "EIO", "EACCES")] + ["signal=KILL"]
        wrong = 0
        for call, number in calls:
            said = {fault: try_one(folder, call, number, fault, drive) for fault in faults}
            wrong += sum(map(bool, said.values()))
            print(
                f"{call:12} {number:5}",
                *(f"{fault}: {words or 'ok'}" for fault, words in said.items()),
                sep="  ",
                flush=True,
            )
    print(f"{len(calls)} calls, {len(calls) * len(faults)} faults, {wrong} of them lost something")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
