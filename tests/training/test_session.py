"""The thread: commands in any order, one snapshot in the slot, nothing lost, errors told."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import pytest

from nnplayground.data.datasets.three_classes import ThreeClasses
from nnplayground.data.progress import report
from nnplayground.engine.activations.sigmoid import Sigmoid
from nnplayground.engine.activations.softmax import Softmax
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.losses.mean_squared_error import MeanSquaredError
from nnplayground.engine.plan import Plan
from nnplayground.text import Text
from nnplayground.training.commands import (
    Begin,
    EditParameter,
    Load,
    Pause,
    Play,
    Reset,
    SetExperiment,
    SetParameters,
    SetSpeed,
    StandAside,
    Step,
    Want,
)
from nnplayground.training.experiment import Experiment
from nnplayground.training.history import History
from nnplayground.training.probes.layer_sums import LayerSums
from nnplayground.training.run import Run
from nnplayground.training.session import Session
from nnplayground.training.snapshot import Event, Snapshot
from nnplayground.training.trainer import Trainer

EXPERIMENT = Experiment(batch_size=10)
BROKEN = EXPERIMENT.replace(layers=(Dense(4, Softmax()),))
EXPLOSIVE = EXPERIMENT.replace(layers=(Dense(30), Dense(30), Dense(3)), loss=MeanSquaredError(), learning_rate=10.0)


@pytest.fixture
def session() -> Iterator[Session]:
    subject = Session(EXPERIMENT)
    yield subject
    assert subject.close(10)


def wait(session: Session, until: Callable[[Snapshot], bool]) -> Snapshot:
    """The first snapshot that satisfies `until`; polls as the window does."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        snapshot = session.take()
        if snapshot is not None and until(snapshot):
            return snapshot
        threading.Event().wait(0.001)
    raise AssertionError("no such snapshot within 30 s")


def wait_for_answer(session: Session, number: int) -> Snapshot:
    return wait(session, lambda s: s.answered >= number)


def wait_for_event(session: Session, kind: str) -> Event:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        for event in session.events():
            if event.kind == kind:
                return event
        threading.Event().wait(0.001)
    raise AssertionError(f"no event {kind} within 30 s")


def test_the_first_snapshot_shows_the_initial_weights_before_any_data_is_loaded(session):
    first = wait(session, lambda s: True)
    fresh = Trainer(EXPERIMENT, EXPERIMENT.dataset.load())
    assert (first.state, first.step) == ("idle", 0)
    np.testing.assert_array_equal(first.parameters, fresh.parameters)


def test_steps_asked_for_are_done_exactly_and_evaluated(session):
    for _ in range(3):
        session.send(Step())
    done = wait(session, lambda s: s.step == 3 and s.state == "paused")
    assert done.evaluation is not None
    assert done.evaluation.step == 3
    session.send(Step("epoch"))
    assert wait(session, lambda s: s.state == "paused" and s.step > 3).epoch == 1.0


def test_n10_the_thread_learns_what_the_synchronous_trainer_learns(session):
    session.send(Play())
    wait(session, lambda s: s.step > 50)
    session.send(Pause())
    paused = wait(session, lambda s: s.state == "paused")
    alone = Trainer(EXPERIMENT, EXPERIMENT.dataset.load())
    alone.steps(paused.step)
    np.testing.assert_array_equal(paused.parameters, alone.parameters)


def test_reset_brings_the_same_weights_back(session):
    first = wait(session, lambda s: True)
    session.send(Step("epoch"))
    wait(session, lambda s: s.state == "paused")
    session.send(Reset())
    again = wait(session, lambda s: s.state == "idle")
    np.testing.assert_array_equal(again.parameters, first.parameters)
    assert (again.step, len(again.curves.steps), again.evaluation) == (0, 0, None)


def test_the_slot_holds_one_snapshot_and_it_is_the_newest_when_paused(session):
    session.send(Play())
    session.send(Pause())
    for _ in range(20):
        session.send(Step())
    wait(session, lambda s: s.step >= 20 and s.state == "paused")
    assert session.take() is None


def test_a_change_during_the_run_is_marked_and_a_new_layer_keeps_the_step_count(session):
    session.send(Play())
    wait(session, lambda s: s.step > 10)
    session.send(SetExperiment(EXPERIMENT.replace(learning_rate=0.2)))
    marked = wait(session, lambda s: bool(s.curves.marks))
    assert "0.1 → 0.2" in marked.curves.marks[0].text.en
    wider = EXPERIMENT.replace(layers=(EXPERIMENT.layers[0], Dense(5), EXPERIMENT.layers[1]))
    session.send(SetExperiment(wider))
    grown = wait(session, lambda s: len(s.network.spec.layers) == 3)
    assert grown.state == "running"
    assert grown.step >= marked.step


def test_a_network_that_cannot_work_is_refused_and_play_says_so_again(session):
    session.send(SetExperiment(BROKEN))
    assert "3 classes" in wait_for_event(session, "refused").text.en
    session.send(Play())
    wait_for_event(session, "refused")
    session.send(SetExperiment(EXPERIMENT))
    session.send(Step())
    assert wait(session, lambda s: s.step == 1).state == "paused"


def test_n01_divergence_stops_with_finite_parameters_and_the_next_play_works(session):
    session.send(Load(EXPLOSIVE))
    session.send(Play())
    event = wait_for_event(session, "diverged")
    stopped = wait(session, lambda s: s.state == "stopped")
    assert stopped.step < event.step
    assert (stopped.curves.steps <= stopped.step).all()
    assert np.isfinite(stopped.parameters).all()
    assert np.isfinite(stopped.curves.mean).all()
    session.send(SetExperiment(EXPLOSIVE.replace(learning_rate=1e-6)))
    session.send(Play())
    wait(session, lambda s: s.step > event.step)


class Failing:
    """Raises once, at the `nth` call from now on, and works before and after."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, owner: type, name: str, nth: int, error: BaseException) -> None:
        self._left, self._error = nth, error
        real = getattr(owner, name)

        def call(this, *args, **kwargs):
            self._left -= 1
            if self._left == 0:
                raise self._error
            return real(this, *args, **kwargs)

        monkeypatch.setattr(owner, name, call)


@pytest.mark.parametrize("error", [RuntimeError("boom"), MemoryError(), KeyboardInterrupt(), SystemExit(3)])
def test_t06_a_fault_in_a_step_is_told_once_and_the_next_play_works(session, monkeypatch, error):
    Failing(monkeypatch, Trainer, "steps", 1, error)
    session.send(Play())
    event = wait_for_event(session, "failed")
    assert type(error).__name__ in event.details
    assert ("memory" in event.text.en) == isinstance(error, MemoryError)
    wait(session, lambda s: s.state == "stopped")
    session.send(Play())
    wait(session, lambda s: s.step > 0)


@pytest.mark.parametrize("nth", [1, 3])
@pytest.mark.parametrize(
    "where",
    [
        (Trainer, "steps"), (Trainer, "evaluate"), (Trainer, "checkpoint"), (Trainer, "_learn"), (Run, "snapshot"),
        (Run, "steps"), (Plan, "__init__"), (History, "extend"), (LayerSums, "compute"), (ThreeClasses, "load"),
        (Dense, "bind"),
    ],
    ids=lambda where: ".".join((where[0].__name__, where[1])),
)  # fmt: skip
def test_t05_wherever_the_engine_fails_it_is_told_and_the_next_play_works(session, monkeypatch, where, nth):
    wait(session, lambda s: True)
    session.send(Want((LayerSums(index=0, samples=7),)))
    Failing(monkeypatch, *where, nth, ZeroDivisionError("broken"))
    told = []
    for _ in range(nth):  # some are called once in a run
        session.send(Play())
        session.send(Load(EXPERIMENT))
    session.send(Play())
    end = time.monotonic() + 30
    while not told and time.monotonic() < end:
        session.take()  # so that there is room for the next
        told += [event for event in session.events() if event.kind == "failed"]
    assert ["ZeroDivisionError: broken" in event.text.en for event in told] == [True]
    assert where[1].replace("__init__", "Plan") in told[0].details
    session.send(Load(EXPERIMENT))
    session.send(Play(20))
    assert wait(session, lambda s: s.step == 20 and s.state == "paused").evaluation is not None
    assert not [event for event in session.events() if event.kind == "failed"]


def test_t05_a_fault_in_every_snapshot_is_told_once_and_does_not_go_round(session, monkeypatch):
    wait(session, lambda s: True)
    calls = []

    def broken(*args):
        calls.append(args)
        raise ZeroDivisionError("broken")

    with monkeypatch.context() as patch:
        patch.setattr(Run, "snapshot", broken)
        session.send(Play())
        wait_for_event(session, "failed")
        for _ in range(50):
            session.send(SetSpeed(None))
        while session._commands.qsize():
            threading.Event().wait(0.001)
        assert len(calls) < 60
    session.send(Step())
    wait(session, lambda s: s.step > 0)


def test_n06_a_change_for_which_there_is_no_memory_is_refused_and_the_old_network_stays(session, monkeypatch):
    session.send(Step())
    before = wait(session, lambda s: s.step == 1)
    Failing(monkeypatch, Trainer, "configure", 1, MemoryError())
    session.send(SetExperiment(EXPERIMENT.replace(layers=(Dense(9), *EXPERIMENT.layers))))
    assert "not enough memory" in wait_for_event(session, "refused").text.en
    session.send(Play())
    assert "not enough memory" in wait_for_event(session, "refused").text.en, "it would train what is not shown"
    session.send(SetExperiment(EXPERIMENT))
    session.send(Want(()))
    after = wait(session, lambda s: s.answered == 5)
    assert (after.step, after.experiment) == (1, EXPERIMENT)
    np.testing.assert_array_equal(after.parameters, before.parameters)
    session.send(Step())
    wait(session, lambda s: s.step == 2)


def test_what_no_pane_wants_is_not_computed(session):
    probe = LayerSums(index=0, samples=7)
    session.send(Step())
    assert not wait(session, lambda s: s.step == 1).probes
    session.send(Want((probe,)))
    answer = wait(session, lambda s: probe in s.probes).probes[probe]
    assert answer.shape == (2, 7)
    assert not answer.flags.writeable


def test_a_slow_run_answers_at_once(session):
    session.send(SetSpeed(0.01))
    session.send(Play())
    wait(session, lambda s: s.step == 1)
    session.send(Pause())
    assert wait(session, lambda s: s.state == "paused").step == 1


def test_slow_steps_are_done_several_at_a_time_and_very_slow_ones_one_by_one(session, monkeypatch):
    counts: list[int] = []
    steps = session._run.steps

    def count(number: int) -> int:
        counts.append(number)
        return steps(number)

    monkeypatch.setattr(session._run, "steps", count)
    for seconds in (2e-3, 1.0):
        monkeypatch.setattr(type(session._run.pace), "note", lambda *_: None)
        session._run.pace.step_seconds = seconds
        number = session.send(Play(4))
        wait(session, lambda s, number=number: s.answered >= number and s.state == "paused")
    assert counts == [4, 1, 1, 1, 1]


def test_it_stands_aside_until_it_is_told_and_hears_everything_meanwhile(session):
    session.send(Play())
    wait(session, lambda s: s.step > 0)
    aside = wait_for_answer(session, session.send(StandAside(1e6)))
    again = wait_for_answer(session, session.send(Want(())))
    assert (again.state, again.step) == ("running", aside.step)
    session.send(StandAside(0))
    wait(session, lambda s: s.step > aside.step)


def test_snapshots_cannot_be_written_to(session):
    snapshot = wait(session, lambda s: True)
    with pytest.raises(ValueError, match="read-only"):
        snapshot.parameters[0] = 1


def test_a_weight_is_edited_and_put_back_between_two_steps(session):
    first = wait(session, lambda s: True)
    session.send(EditParameter(0, "W", 1, 0.75))
    edited = wait(session, lambda s: s.answered == 1)
    assert edited.network.views(edited.parameters)[0]["W"][0, 1] == 0.75
    session.send(SetParameters(first.parameters, Text.same("undo")))
    back = wait(session, lambda s: s.answered == 2)
    np.testing.assert_array_equal(back.parameters, first.parameters)
    session.send(EditParameter(0, "W", 100, 0.75))
    assert "W[100]" in wait_for_event(session, "refused").text.en


def test_what_an_inserted_layer_changed_is_told(session):
    session.send(Step())
    wait(session, lambda s: s.step == 1)
    bent = EXPERIMENT.replace(layers=(EXPERIMENT.layers[0], Dense(2, Sigmoid()), EXPERIMENT.layers[1]))
    session.send(SetExperiment(bent))
    assert "Sigmoid" in wait_for_event(session, "note").text.en


def test_a_stop_condition_is_told_and_leaves_the_run_evaluated(session):
    session.send(SetExperiment(EXPERIMENT.replace(stop_epochs=True, epochs=3)))
    session.send(Play())
    event = wait_for_event(session, "finished")
    assert "3 epochs" in event.text.en
    stopped = wait(session, lambda s: s.state == "stopped")
    assert (stopped.epoch, stopped.step, stopped.evaluation.step) == (3.0, event.step, event.step)
    session.send(Step())
    wait(session, lambda s: s.step == event.step + 1 and s.state == "paused")


def test_closing_ends_the_thread_in_any_state_and_may_be_asked_twice():
    for command in (None, Play(), Step("epoch"), SetSpeed(0.001)):
        subject = Session(EXPERIMENT)
        if command is not None:
            subject.send(command)
            subject.send(Play())
        assert subject.close(10)
        assert subject.close(10)
        assert not subject.alive


@dataclass(frozen=True)
class Endless(ThreeClasses):
    """Data that is never ready: only cancelling ends the loading."""

    def load(self):
        while True:
            report(0.25)
            threading.Event().wait(0.001)


@pytest.mark.parametrize("cancel", [Pause(), Load(EXPERIMENT)])
def test_loading_tells_its_progress_and_can_be_cancelled(cancel):
    subject = Session(EXPERIMENT.replace(dataset=Endless()))
    try:
        subject.send(Play())
        assert wait_for_event(subject, "progress").share == 0.25
        subject.send(SetSpeed(None))
        number = subject.send(cancel)
        wait_for_event(subject, "loaded")
        assert wait(subject, lambda s: s.answered >= number).state in ("idle", "paused")
    finally:
        assert subject.close(10)


def test_t08_closing_while_data_is_loaded_ends_the_thread():
    subject = Session(EXPERIMENT.replace(dataset=Endless()))
    subject.send(Play())
    wait_for_event(subject, "progress")
    assert subject.close(10)


def test_steps_that_wait_when_the_window_closes_are_not_done_any_more():
    subject = Session(EXPERIMENT)
    subject.send(Step())
    wait(subject, lambda s: s.step == 1)
    for _ in range(20_000):
        subject.send(Step())
    assert subject.close(30)
    last = subject.take()
    assert last is None or last.step < 20_000


def test_of_many_runs_to_begin_that_wait_only_the_last_is_made(session: Session) -> None:
    made: list[int] = []
    entered, go_on = threading.Event(), threading.Event()

    def first() -> Run:
        entered.set()
        assert go_on.wait(30)
        return Run(EXPERIMENT, lambda _: None)

    def later(i: int) -> Run:
        made.append(i)
        return Run(EXPERIMENT, lambda _: None)

    session.send(Begin(first))
    assert entered.wait(30)
    number = max(session.send(Begin(partial(later, i))) for i in range(20))
    go_on.set()
    found = wait(session, lambda s: s.answered >= number)
    assert made == [19]
    assert found.state == "paused"
