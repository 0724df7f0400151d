"""Saving under faults: each call fails in turn, or is the last one. `tests/long/save_faults.py` does so to system calls."""

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nnplayground.data.files import FileProblem
from nnplayground.storage import atomic

OLD, NEW = b"old", b"new" * 50_000
CALLS = ("stat", "access", "open", "fsync", "close", "chmod", "replace", "unlink", "listdir")
"""What `os` is asked for in a save; writing itself happens below Python and is tried with a full device."""


class Faulty:
    """Lets the call `number` among `CALLS` fail, before or after it was done, and counts."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, number: int, error: int) -> None:
        self.count, self.failed = 0, ""
        for name in CALLS:
            monkeypatch.setattr(os, name, self._wrapped(name, getattr(os, name), number, error))

    def _wrapped(self, name, real, number, error):
        def call(*args, **kwargs):
            self.count += 1
            if self.count == number:
                self.failed = name
                raise OSError(error, os.strerror(error))
            return real(*args, **kwargs)

        return call


def problem_of(path: Path) -> str:
    try:
        atomic.write_bytes(path, NEW)
    except FileProblem as problem:
        return problem.text.en
    return ""


@pytest.mark.parametrize("error", ["ENOSPC", "EIO", "EACCES", "EXDEV", "EROFS", "EMFILE", "EDQUOT"])
@pytest.mark.parametrize("is_new", [False, True])
def test_d01_d02_d16_a_save_whose_every_call_fails_leaves_the_old_file_or_the_new_one(tmp_path: Path, error, is_new):
    path = tmp_path / "a.nnp"
    for number in range(1, 100):
        path.unlink(missing_ok=True)
        if not is_new:
            path.write_bytes(OLD)
        with pytest.MonkeyPatch.context() as monkeypatch:
            faulty = Faulty(monkeypatch, number, getattr(errno, error))
            said = problem_of(path)
        if not said:
            assert path.read_bytes() == NEW
        else:
            assert os.strerror(getattr(errno, error)) in said
            assert not path.exists() if is_new else path.read_bytes() == OLD
        left = [name for name in os.listdir(tmp_path) if name != "a.nnp"]
        assert left == [], (faulty.failed, left)
        if not faulty.failed:
            break
    assert 6 < number < 99


@pytest.mark.skipif(sys.platform != "linux", reason="needs limits as Linux has them")
def test_d01_a_disk_that_fills_up_in_the_middle_of_writing(tmp_path: Path):
    script = f"""
import resource, signal, sys
from pathlib import Path
from nnplayground.data.files import FileProblem
from nnplayground.storage import atomic
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
try:
    atomic.write_bytes(Path({str(tmp_path / "a")!r}), bytes(100_000))
except FileProblem as problem:
    print(problem.code)
"""
    (tmp_path / "a").write_bytes(OLD)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("not-saved\n", "")
    assert (tmp_path / "a").read_bytes() == OLD and os.listdir(tmp_path) == ["a"]


KILLED = """
import os, signal, sys
from pathlib import Path
from nnplayground.storage import atomic
def die(*args, **kwargs): os.kill(os.getpid(), signal.SIGKILL)
setattr(os, sys.argv[1], die)
atomic.write_bytes(Path(sys.argv[2]), b"new" * 50_000)
"""


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("call", ["fsync", "chmod", "replace"])
def test_d03_p04_a_process_that_is_killed_leaves_a_whole_file_and_the_rest_goes_later(tmp_path: Path, call):
    path = tmp_path / "a.nnp"
    path.write_bytes(OLD)
    done = subprocess.run([sys.executable, "-c", KILLED, call, str(path)], timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() == OLD
    left = [p for p in tmp_path.iterdir() if p != path]
    assert len(left) == 1
    atomic.write_bytes(path, NEW)  # it may belong to a process that is still writing
    assert all(p.exists() for p in left)
    for p in left:
        os.utime(p, (time.time() - 2 * atomic.STALE,) * 2)
    atomic.write_bytes(path, NEW)
    assert os.listdir(tmp_path) == ["a.nnp"]


@pytest.mark.skipif(os.name == "nt", reason="rights and links as POSIX has them")
def test_d17_d18_nobody_else_can_read_or_foresee_the_file_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    seen = []
    fsync = os.fsync

    def look(handle: int) -> None:
        if stat.S_ISREG(os.fstat(handle).st_mode):
            seen.append(stat.S_IMODE(os.fstat(handle).st_mode))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", look)
    atomic.write_bytes(tmp_path / "a.nnp", NEW)
    assert seen == [0o600]

    names = iter(["taken123", "free4567"])
    monkeypatch.setattr(atomic.tempfile, "_get_candidate_names", lambda: names)
    (tmp_path / "elsewhere").write_bytes(OLD)
    (tmp_path / ".a.nnp-taken123.tmp").symlink_to(tmp_path / "elsewhere")
    atomic.write_bytes(tmp_path / "a.nnp", NEW)
    assert (tmp_path / "elsewhere").read_bytes() == OLD


def test_d14_names_that_are_too_long_or_odd(tmp_path: Path):
    for name in ("学" * 85, "x" * 255, "CON", "a b'\"&%s\U0001f389\n.nnp", "-rf", "a."):
        atomic.write_bytes(tmp_path / name, NEW)
        assert (tmp_path / name).read_bytes() == NEW
    for name in ("学" * 86, "x" * 256, "a\0b", ""):
        with pytest.raises(FileProblem):
            atomic.write_bytes(tmp_path / name, NEW)


def test_d08_two_processes_that_save_to_the_same_file_leave_one_of_the_two(tmp_path: Path):
    script = """
import sys
from pathlib import Path
from nnplayground.storage import atomic
for i in range(100):
    atomic.write_bytes(Path(sys.argv[1]), sys.argv[2].encode() * 10_000)
"""
    path = tmp_path / "a"
    path.write_bytes(b"a" * 10_000)
    writers = [subprocess.Popen([sys.executable, "-c", script, str(path), letter]) for letter in "ab"]
    while any(writer.poll() is None for writer in writers):
        assert path.read_bytes() in (b"a" * 10_000, b"b" * 10_000)
    assert [writer.returncode for writer in writers] == [0, 0] and os.listdir(tmp_path) == ["a"]
