"""Saving under faults: each call fails in turn, or is the last one. `tests/long/save_faults.py` does so to system calls."""

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nnplayground.data.files import FileProblem
from nnplayground.storage import atomic, in_place

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


def failing_saves(
    path: Path, error: int, is_new: bool, drive: Callable[[pytest.MonkeyPatch], object] = lambda _: None
) -> Iterator[tuple[str, str, list[str]]]:
    """Saves over the old file or none, each with another call that fails, and one in which none does.

    Of each: what was said, the call that failed, and what lies beside the file. It is the old one or the new one.
    """
    for number in range(1, 100):
        path.unlink(missing_ok=True)
        if not is_new:
            path.write_bytes(OLD)
        with pytest.MonkeyPatch.context() as monkeypatch:
            drive(monkeypatch)
            faulty = Faulty(monkeypatch, number, error)
            said = problem_of(path)
        if said:
            assert not path.exists() if is_new else path.read_bytes() == OLD
        else:
            assert path.read_bytes() == NEW
        left = [other for other in path.parent.iterdir() if other != path]
        yield said, faulty.failed, [other.name for other in left]
        for other in left:
            other.unlink()
        if not faulty.failed:
            return
    pytest.fail("a call still fails")


@pytest.mark.parametrize("error", ["ENOSPC", "EIO", "EACCES", "EXDEV", "EROFS", "EMFILE", "EDQUOT"])
@pytest.mark.parametrize("is_new", [False, True])
def test_d01_d02_d16_a_save_whose_every_call_fails_leaves_the_old_file_or_the_new_one(tmp_path: Path, error, is_new):
    saves = list(failing_saves(tmp_path / "a.nnp", getattr(errno, error), is_new))
    for said, failed, left in saves:
        assert not said or os.strerror(getattr(errno, error)) in said
        assert left == [], (failed, left)
    assert len(saves) > 6


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


def no_rename(monkeypatch: pytest.MonkeyPatch, error: int = errno.EXDEV) -> None:
    """Be on a drive that gives no file the name of another."""

    def refuse(*args: object) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, "replace", refuse)
    monkeypatch.setattr(os, "rename", refuse)


@pytest.mark.parametrize("error", sorted(in_place.REFUSALS), ids=errno.errorcode.get)
def test_d15_a_drive_that_cannot_rename_is_written_to_directly_and_that_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int
):
    path = tmp_path / "実験.nnp"
    path.write_bytes(OLD)
    path.chmod(0o640)
    no_rename(monkeypatch, error)
    for _ in range(2):
        told = atomic.write_bytes(path, NEW)
        assert told and "実験.nnp is saved" in told.en and "at one stroke" in told.en and "実験.nnp" in told.ja
        assert path.read_bytes() == NEW and os.listdir(tmp_path) == [path.name]
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert atomic.write_bytes(tmp_path / "new.nnp", NEW) and (tmp_path / "new.nnp").read_bytes() == NEW


@pytest.mark.parametrize("error", ["ENOSPC", "EACCES", "EIO", "EROFS"])
def test_d15_a_disk_that_fails_is_not_written_to_directly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error):
    (tmp_path / "a.nnp").write_bytes(OLD)
    no_rename(monkeypatch, getattr(errno, error))
    assert os.strerror(getattr(errno, error)) in problem_of(tmp_path / "a.nnp")
    assert (tmp_path / "a.nnp").read_bytes() == OLD and os.listdir(tmp_path) == ["a.nnp"]


@pytest.mark.parametrize("error", ["ENOSPC", "EIO", "EACCES"])
@pytest.mark.parametrize("is_new", [False, True])
def test_d15_every_call_that_fails_there_leaves_a_whole_file(tmp_path: Path, error: str, is_new: bool):
    saves = list(failing_saves(tmp_path / "a.nnp", getattr(errno, error), is_new, no_rename))
    for _, failed, left in saves:
        assert left == [] or failed == "unlink", (failed, left)
    assert len(saves) > 8


FILLS_UP = """
import os, resource, signal, sys
from pathlib import Path
from nnplayground.data.files import FileProblem
from nnplayground.storage import atomic, in_place
put, whole = in_place._put, int(sys.argv[3])
signal.signal(signal.SIGXFSZ, getattr(signal, sys.argv[2]))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
def refuse(*args): raise OSError(18, "Invalid cross-device link")
def limited(path, data):
    global whole
    whole -= 1
    if whole < 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))
    put(path, data)
os.replace, in_place._put = refuse, limited
try:
    atomic.write_bytes(Path(sys.argv[1]), bytes(100_000))
except FileProblem as problem:
    print(problem.text.en)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="needs limits as Linux has them")
@pytest.mark.parametrize(("signal_is", "whole"), [("SIG_IGN", 0), ("SIG_IGN", 1), ("SIG_DFL", 0), ("SIG_DFL", 1)])
def test_d15_the_old_content_is_in_one_of_two_files_when_writing_breaks_off_half_way(
    tmp_path: Path, signal_is: str, whole: int
):
    path, old = tmp_path / "a.nnp", b"o" * 80_000
    path.write_bytes(old)
    command = [sys.executable, "-c", FILLS_UP, str(path), signal_is, str(whole)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    assert done.returncode == (0 if signal_is == "SIG_IGN" else -signal.SIGXFSZ)
    copies = [p for p in tmp_path.iterdir() if p != path]
    if whole == 0:  # the copy itself broke off
        assert path.read_bytes() == old
    else:
        assert path.read_bytes() != old and [p.read_bytes() for p in copies] == [old]
        assert copies[0].name.startswith("a-before-saving-") and copies[0].suffix == ".nnp"
    if signal_is == "SIG_IGN":
        assert (copies[0].name if copies else "unchanged") in done.stdout
