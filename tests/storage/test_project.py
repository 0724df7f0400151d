import os
import stat
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.data.files import FileProblem
from nnplayground.storage import atomic, experiment_file, project, weights
from nnplayground.storage.project import Project
from nnplayground.storage.table import Table
from nnplayground.storage.tensors import pack, unpack
from nnplayground.text import Text
from nnplayground.training.experiment import Experiment

EXPERIMENT = Experiment(title=Text("Mine", "私の"), seed=7)
VECTOR = EXPERIMENT.network().initial_parameters(np.random.default_rng(3))
DATA = project.dumps(Project(EXPERIMENT, VECTOR))


def refusal(data: bytes) -> str:
    with pytest.raises(FileProblem) as caught:
        project.loads(data, "a.nnp")
    return caught.value.code


def test_a_project_comes_back_whole():
    found = project.loads(DATA)
    assert found.experiment == EXPERIMENT and np.array_equal(found.parameters, VECTOR)
    assert project.dumps(found) == DATA
    assert project.loads(project.dumps(Project(EXPERIMENT))).parameters is None


def test_a_picture_comes_back_and_only_then_the_file_needs_a_newer_program():
    picture = np.random.default_rng(0).integers(0, 256, (30, 40, 4)).astype(np.uint8)
    data = project.dumps(Project(EXPERIMENT, VECTOR, table=Table(picture=picture, inverted=True)))
    found = project.loads(data).table
    assert np.array_equal(found.picture, picture) and found.inverted and found.picture.dtype == np.uint8
    assert [unpack(each, "")[1]["format"] for each in (DATA, data)] == [2, 3]
    assert project.loads(DATA).table.picture is None


@pytest.mark.parametrize(
    "picture",
    [
        np.zeros((3, 3, 3), np.uint8), np.zeros((3, 3), np.uint8), np.zeros((0, 3, 4), np.uint8),
        np.zeros((3, 3, 4), np.float32), np.zeros((600, 3, 4), np.uint8), np.zeros((3, 513, 4), np.uint8),
    ],
)  # fmt: skip
def test_what_is_no_picture_of_ours_is_refused(picture):
    assert refusal(project.dumps(Project(EXPERIMENT, VECTOR, table=Table(picture=picture)))) == "damaged"


def test_its_parameters_are_a_safetensors_file_for_others():
    assert np.array_equal(weights.loads(DATA, EXPERIMENT.network()), VECTOR)


def test_ready_made_files_open_as_projects():
    found = project.loads(experiment_file.dumps(EXPERIMENT))
    assert found.experiment == EXPERIMENT and found.parameters is None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "damaged"),
        (b"PK\x03\x04" + bytes(80), "damaged"),
        (weights.dumps(EXPERIMENT.network(), VECTOR), "not-ours"),
        (pack({}, {"experiment": 3}), "not-ours"),
        (pack({}, {"experiment": {"format": 1}, "more": 1}), "not-ours"),
        (pack({}, {"experiment": {"format": 2}}), "newer"),
        (pack({"1.W": VECTOR}, {"experiment": {"format": 1}}), "missing"),
    ],
)
def test_what_is_no_project_is_refused(data, code):
    assert refusal(data) == code


def test_every_cut_is_refused():
    for end in range(len(DATA)):
        refusal(DATA[:end])


@given(st.integers(0, len(DATA) - 1), st.integers(1, 255))
def test_a_changed_byte_is_noticed(place, change):
    changed = bytearray(DATA)
    changed[place] ^= change
    try:
        found = project.loads(bytes(changed))
    except FileProblem:
        return
    assert found.experiment == EXPERIMENT and np.array_equal(found.parameters, VECTOR)


def test_a_name_means_a_ready_made_experiment_before_a_file(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "circle").write_bytes(DATA)
    (tmp_path / "mine").write_bytes(DATA)
    assert project.find("circle").experiment.name == "circle"
    assert project.find("mine").experiment == EXPERIMENT
    for missing in ("nothing", "nothing.nnp", "no/thing"):
        with pytest.raises(FileProblem):
            project.find(missing)


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def test_saving_replaces_the_file_and_leaves_nothing_else(tmp_path: Path):
    path = tmp_path / "重み & more.nnp"
    project.write(path, Project(EXPERIMENT))
    project.write(path, Project(EXPERIMENT, VECTOR))
    assert path.read_bytes() == DATA and names(tmp_path) == [path.name]


@pytest.mark.parametrize("call", ["fsync", "replace", "chmod"])
def test_a_save_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch, call):
    path = tmp_path / "a.nnp"
    path.write_bytes(b"old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, full)
    with pytest.raises(FileProblem, match="No space left"):
        atomic.write_bytes(path, DATA)
    assert path.read_bytes() == b"old" and names(tmp_path) == ["a.nnp"]


def test_d04_the_content_is_on_the_disk_before_it_gets_the_name(tmp_path: Path, monkeypatch):
    calls = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (calls.append("fsync"), fsync(handle))[1])
    monkeypatch.setattr(os, "replace", lambda a, b: (calls.append("replace"), replace(a, b))[1])
    atomic.write_bytes(tmp_path / "a", b"new")
    assert calls[:2] == ["fsync", "replace"]


@pytest.mark.skipif(os.name == "nt", reason="rights and links as POSIX has them")
def test_d06_d17_rights_and_links_are_kept(tmp_path: Path):
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    atomic.write_bytes(link, b"new")
    assert link.is_symlink() and target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@pytest.mark.skipif(os.name == "nt", reason="rights as POSIX has them")
def test_a_new_file_has_the_usual_rights(tmp_path: Path):
    (tmp_path / "usual").touch()
    atomic.write_bytes(tmp_path / "new", b"")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode


@pytest.mark.parametrize("place", ["folder", "missing/a.nnp", "a\0b"])
def test_d06_a_place_that_cannot_be_saved_to_is_refused_before_and_at_saving(tmp_path: Path, place):
    (tmp_path / "folder").mkdir()
    for save in (atomic.check, lambda path: atomic.write_bytes(path, DATA)):
        with pytest.raises(FileProblem) as caught:
            save(tmp_path / place)
        assert caught.value.code == "not-saved"
    assert names(tmp_path) == ["folder"]


def test_d03_what_a_killed_save_left_behind_goes_with_the_next_one(tmp_path: Path):
    old, new = tmp_path / ".a.nnp-killed.tmp", tmp_path / ".a.nnp-under-way.tmp"
    for left in (old, new, tmp_path / ".b.nnp-other.tmp"):
        left.write_bytes(b"half")
    os.utime(old, (1, 1))
    os.utime(tmp_path / ".b.nnp-other.tmp", (1, 1))
    project.write(tmp_path / "a.nnp", Project(EXPERIMENT))
    assert names(tmp_path) == [new.name, ".b.nnp-other.tmp", "a.nnp"]
