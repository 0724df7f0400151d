"""A run that is saved, opened in another process and trained on does what it would have done without that."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnplayground.data.datasets.generated_digits import GeneratedDigits
from nnplayground.data.datasets.spiral import Spiral
from nnplayground.data.files import FileProblem
from nnplayground.engine.activations.relu import ReLU
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.activations.tanh import Tanh
from nnplayground.engine.layers.batch_normalization import BatchNormalization
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.dropout import Dropout
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.optimizers.adam import Adam
from nnplayground.storage import project
from nnplayground.storage.project import Project
from nnplayground.storage.table import Table
from nnplayground.storage.tensors import pack, unpack
from nnplayground.text import Problem
from nnplayground.training.experiment import Experiment
from nnplayground.training.history import CAPACITY
from nnplayground.training.run import Run
from nnplayground.training.trainer import Diverged

ON = """
import json, sys
from pathlib import Path
from nnplayground.storage import project
from nnplayground.training.run import Run
from nnplayground.training.trainer import Diverged
found = project.read(Path(sys.argv[1]))
run = Run(found.experiment, lambda _: None, found.parameters, found.run)
before = run.step, run.epoch, len(run.history.curves().marks)
losses = run.load().steps(100)
print(json.dumps([before, losses.tolist(), run.trainer.parameters.tolist()]))
"""
DROPPED = Experiment(
    dataset=Spiral(), layers=(Dense(12, Tanh()), Dropout(0.3), BatchNormalization(), Dense(2, Softmax())), seed=5,
    optimizer=Adam(), learning_rate=0.01, batch_size=12,
)  # fmt: skip
DIGITS = Experiment(dataset=GeneratedDigits(samples=400), layers=(Flatten(), Dense(16, ReLU()), Dense(10, Softmax())))


def trained(experiment: Experiment, steps: int) -> Run:
    run = Run(experiment, lambda _: None)
    run.steps(steps)
    run.evaluate()
    return run


def saved(run: Run, table: Table | None = None) -> bytes:
    record = run.record()
    return project.dumps(Project(record.experiment, record.parameters, record.run, table or Table()))


@pytest.mark.parametrize("experiment", [Experiment(), DROPPED, DIGITS], ids=["plain", "dropout", "images"])
def test_a_hundred_steps_in_a_new_process_are_those_of_a_run_that_never_stopped(experiment, tmp_path: Path):
    run = trained(experiment, 300)
    (tmp_path / "mine.nnp").write_bytes(saved(run))
    wanted = run.load().steps(100)
    done = subprocess.run([sys.executable, "-c", ON, str(tmp_path / "mine.nnp")], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (step, _, _), losses, parameters = json.loads(done.stdout)
    assert step == 300
    assert losses == wanted.tolist()
    assert parameters == run.trainer.parameters.tolist()


def test_an_optimizer_that_took_over_during_the_run_goes_on_in_its_own_step():
    run = trained(Experiment(), 40)
    run.configure(run.experiment.replace(optimizer=Adam(), learning_rate=0.01))
    run.steps(3)
    found = project.loads(saved(run))
    again = Run(found.experiment, lambda _: None, found.parameters, found.run)
    assert again.load().steps(10).tolist() == run.load().steps(10).tolist()
    assert again.trainer.parameters.tobytes() == run.trainer.parameters.tobytes()


def test_history_marks_and_place_come_back():
    run = trained(DROPPED, CAPACITY + 77)
    run.configure(DROPPED.replace(learning_rate=0.02))
    again = project.loads(saved(run)).run
    twin = Run(run.experiment, lambda _: None, None, again)
    assert (twin.step, twin.epoch) == (run.step, run.epoch) and twin.step == CAPACITY + 77
    old, new = run.history.curves(), twin.history.curves()
    assert all(np.array_equal(getattr(old, f), getattr(new, f)) for f in ("steps", "mean", "low", "high"))
    assert new.evaluations == old.evaluations and new.marks == old.marks and len(new.marks) == 1


def test_settings_changed_before_the_first_step_go_on_from_there():
    run = trained(DROPPED, 60)
    found = project.loads(saved(run))
    twin = Run(found.experiment, lambda _: None, found.parameters, found.run)
    for one in (run, twin):
        one.configure(DROPPED.replace(learning_rate=0.003, batch_size=7))
        one.steps(40)
    assert np.array_equal(run.trainer.parameters, twin.trainer.parameters) and twin.step == 100


def test_early_stopping_ends_where_it_would_have_ended():
    experiment = DROPPED.replace(patience=3, learning_rate=0.3, layers=(Dense(12, Tanh()), Dense(2, Softmax())))
    run = Run(experiment, lambda _: None)
    for _ in range(2):
        run.steps(run.steps_to_epoch_end())
    found = project.loads(saved(run))
    twin = Run(found.experiment, lambda _: None, found.parameters, found.run)
    ends = []
    for one in (run, twin):
        while one.finished is None:
            one.steps(one.steps_to_epoch_end())
        ends.append((one.step, one.finished))
    assert ends[0] == ends[1]
    assert np.array_equal(run.trainer.parameters, twin.trainer.parameters)


def test_other_data_than_then_keeps_what_was_learnt():
    run = trained(DROPPED, 60)
    found = project.loads(saved(run))
    other = found.experiment.replace(dataset=Spiral(samples=80))
    twin = Run(other, lambda _: None, found.parameters, found.run)
    twin.steps(5)
    assert twin.step == 65 and np.isfinite(twin.trainer.parameters).all()


def test_strokes_notes_and_layout_come_back():
    table = Table((np.array([[0.25, 0.5], [1, 0]]), np.array([[0.1, 0.2]])), 0.1, "見て: <b>7</b>\n", "AAEC")
    found = project.loads(saved(trained(DIGITS, 3), table)).table
    assert [s.tolist() for s in found.strokes] == [s.tolist() for s in table.strokes]
    assert (found.pen, found.notes, found.layout) == (table.pen, table.notes, table.layout)


def test_m31_the_second_save_has_the_same_bytes():
    data = saved(trained(DROPPED, 130), Table((np.array([[0.5, 0.5]]),), notes="x"))
    found = project.loads(data)
    assert project.dumps(found) == data
    twin = Run(found.experiment, lambda _: None, found.parameters, found.run)
    assert saved(twin, found.table) == data  # nothing was trained, and the data was not looked at


def test_no_name_of_a_module_or_class_and_no_pickle_is_in_the_file():
    data = saved(trained(DROPPED, 30))
    for name in (b"numpy", b"nnplayground.", b"PCG64", b"Dense", b"Adam(", b"__", b"\x80\x04"):
        assert name not in data.replace(b"__metadata__", b""), name


STOPPED = DROPPED.replace(patience=2, stop_accuracy=0.01)


def observed() -> Run:
    """A run whose watch has something to remember."""
    run = Run(STOPPED, lambda _: None)
    while run.step < 30:
        run.steps(5)
    return run


DATA = saved(observed(), Table((np.array([[0.5, 0.5], [0.25, 1]]),), notes="n"))


def changed(where: str, **values: object) -> bytes:
    arrays, description = unpack(DATA, "x")
    for key, value in values.items():
        part = description[where]["place"] if key in ("step", "position", "generator") else description[where]
        part[key] = value
    return pack(arrays, description)


@pytest.mark.parametrize(
    "data",
    [
        changed("run", step=-1), changed("run", step=1.5), changed("run", position=10**6), changed("run", position=2**60),
        changed("run", generator=["zz", "1", 0, 0]), changed("run", generator=["1" * 33, "1", 0, 0]),
        changed("run", epoch=float("-1")), changed("run", more=1), changed("run", steps_per_bin=0),
        changed("run", marks=[[0, "a"]]), changed("run", marks=[[0, "a", "b" * 1001]]), changed("run", place=3),
        changed("table", strokes=[1]), changed("table", strokes=[0, 2]), changed("table", strokes=[-1, 3]),
        changed("table", pen=0), changed("table", notes="x" * 100_001), changed("table", layout="a;b"), changed("table", x=1),
    ],
)  # fmt: skip
def test_plain_values_that_cannot_be_are_refused(data):
    with pytest.raises(FileProblem) as caught:
        project.loads(data, "a.nnp")
    assert caught.value.code == "damaged"


@pytest.mark.parametrize("key", sorted(unpack(DATA, "x")[0]))
@pytest.mark.parametrize("fault", ["missing", "shape", "type", "nan"])
def test_arrays_that_cannot_be_are_refused(key, fault):
    arrays, description = unpack(DATA, "x")
    if fault == "missing":
        del arrays[key]
    elif fault == "shape":
        arrays[key] = np.zeros((*arrays[key].shape, 2), arrays[key].dtype)
    elif fault == "type":
        arrays[key] = np.zeros(arrays[key].shape, np.uint8)
    else:
        if arrays[key].dtype.kind != "f" or not arrays[key].size:
            pytest.skip("holds whole numbers, or none")
        arrays[key] = arrays[key].copy()
        arrays[key].flat[0] = np.nan
    with pytest.raises(FileProblem):
        project.loads(pack(arrays, description), "a.nnp")


@given(st.integers(0, len(DATA) - 1), st.integers(1, 255))
def test_m03_a_changed_byte_is_noticed(place, change):
    bad = bytearray(DATA)
    bad[place] ^= change
    try:
        found = project.loads(bytes(bad))
    except FileProblem:
        return
    assert project.dumps(found) == DATA


def test_a_run_whose_order_is_no_order_begins_its_epoch_anew():
    found = project.loads(DATA)
    wrong = replace(found.run.checkpoint, order=np.zeros_like(found.run.checkpoint.order))
    run = Run(found.experiment, lambda _: None, found.parameters, replace(found.run, checkpoint=wrong))
    assert run.load().step_count == found.run.checkpoint.step and sorted(run.trainer.checkpoint().order) == list(
        range(run.trainer.samples)
    )


def test_m27_a_run_of_format_2_goes_on_as_it_did():
    golden = Path(__file__).parent / "golden" / "format-2-spiral.nnp"
    found = project.read(golden)
    run = Run(found.experiment, lambda _: None, found.parameters, found.run)
    wanted = json.loads(golden.with_suffix(".json").read_text(encoding="utf-8"))["losses"]
    assert np.allclose(run.load().steps(5), wanted, rtol=1e-4)  # processors round differently
    assert run.step == 105 and found.table.notes == "見て"


def test_m26_a_file_of_the_next_format_is_refused():
    arrays, description = unpack(DATA, "x")
    with pytest.raises(FileProblem) as caught:
        project.loads(pack(arrays, description | {"format": project.FORMAT + 1, "new": 1}), "a.nnp")
    assert caught.value.code == "newer" and "newer version" in caught.value.text.en


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def places(plain, path=()):
    """All places in a description."""
    yield path
    if isinstance(plain, dict | list):
        for key, value in plain.items() if isinstance(plain, dict) else enumerate(plain):
            yield from places(value, (*path, key))


PLACES = [path for path in places(unpack(DATA, "x")[1]) if path]


@settings(max_examples=250)
@given(st.sampled_from(PLACES), _VALUES)
def test_m21_any_value_in_any_place_is_taken_or_refused_and_what_is_taken_trains(path, value):
    arrays, description = unpack(DATA, "x")
    inner = description
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    try:
        data = pack(arrays, description)
    except (ValueError, UnicodeEncodeError):
        return  # cannot be written
    try:
        found = project.loads(data, "a.nnp")
    except FileProblem:
        return
    run = Run(found.experiment, lambda _: None, found.parameters, found.run)
    try:
        run.steps(2)
    except (Problem, Diverged):
        return
    project.dumps(Project(found.experiment, run.record().parameters, run.record().run, found.table))
